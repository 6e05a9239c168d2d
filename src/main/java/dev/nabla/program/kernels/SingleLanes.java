package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.SingleExponential.C3;
import static dev.nabla.program.kernels.SingleExponential.C4;
import static dev.nabla.program.kernels.SingleExponential.C5;
import static dev.nabla.program.kernels.SingleExponential.C6;
import static dev.nabla.program.kernels.SingleExponential.C7;
import static dev.nabla.program.kernels.SingleExponential.MINUS_LN2;
import static dev.nabla.program.kernels.SingleExponential.MINUS_LN2_REST;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of floats, of the width of {@link Lanes}. Floats are named by their address. */
final class SingleLanes {

    static final VectorSpecies<Float> SINGLES = FloatVector.SPECIES_PREFERRED;
    /** As many floats as there are doubles in a vector. */
    static final VectorSpecies<Float> HALF = VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
    private static final int[] INDICES_IN_TURNS =
            IntStream.range(0, 2 * BITS.length()).map(i -> i / 2 + i % 2 * BITS.length()).toArray();

    private SingleLanes() {
    }

    /** Writes the floats next to the numbers at a place. */
    static void round(Numbers numbers, long source, long target, int count) {
        if (numbers == Numbers.FLOATS) {
            copy(source << 2, target, count);
        } else {
            round(source, target, count);
        }
    }

    static void copy(long source, long target, int count) {
        int i = 0;
        for (; i <= count - SINGLES.length(); i += SINGLES.length()) {
            DoubleVector.fromMemorySegment(SPECIES, ALL, (source & OFFSETS) + 4L * i, ORDER)
                    .intoMemorySegment(ALL, (target & OFFSETS) + 4L * i, ORDER);
        }
        for (; i < count; i++) {
            ALL.set(JAVA_FLOAT_UNALIGNED, target + 4L * i, ALL.get(JAVA_FLOAT_UNALIGNED, source + 4L * i));
        }
    }

    /** Writes the doubles that floats are to a place. */
    static void widen(long source, long target, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            ((DoubleVector) FloatVector.fromMemorySegment(HALF, ALL, (source & OFFSETS) + 4L * i, ORDER).convertShape(F2D, SPECIES, 0))
                    .intoMemorySegment(ALL, ((target << 3) & OFFSETS) + 8L * i, ORDER);
        }
        for (; i < count; i++) {
            Doubles.set(target + i, ALL.get(JAVA_FLOAT_UNALIGNED, source + 4L * i));
        }
    }

    /** Writes the floats next to the doubles at a place. */
    static void round(long source, long target, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector rounded = (FloatVector) DoubleVector.fromMemorySegment(SPECIES, ALL, ((source << 3) & OFFSETS) + 8L * i, ORDER)
                    .convertShape(D2F, HALF, 0);
            rounded.intoMemorySegment(ALL, (target & OFFSETS) + 4L * i, ORDER);
        }
        for (; i < count; i++) {
            ALL.set(JAVA_FLOAT_UNALIGNED, target + 4L * i, (float) get(source + i));
        }
    }

    /** exp(y − n ln 2) − 1, as {@link SingleExponential}'s. */
    static FloatVector expm1(FloatVector y, FloatVector n) {
        FloatVector r = n.fma(broadcast(SINGLES, MINUS_LN2_REST), n.fma(broadcast(SINGLES, MINUS_LN2), y));
        FloatVector r2 = r.mul(r);
        FloatVector low = r.fma(broadcast(SINGLES, C4), broadcast(SINGLES, C3));
        FloatVector high = r.fma(broadcast(SINGLES, C7), broadcast(SINGLES, C6)).fma(r, broadcast(SINGLES, C5));
        return high.fma(r2, low).fma(r, broadcast(SINGLES, 0.5f)).fma(r2, r);
    }

    /** Writes two runs of as many floats in turns; of the count a vector's length is a divisor. */
    static void riffle(long source, long other, long target, int count) {
        IntVector low = IntVector.fromArray(BITS, INDICES_IN_TURNS, 0);
        IntVector high = IntVector.fromArray(BITS, INDICES_IN_TURNS, BITS.length());
        for (int i = 0; i < count; i += BITS.length()) {
            IntVector first = IntVector.fromMemorySegment(BITS, ALL, (source & OFFSETS) + 4L * i, ORDER);
            IntVector second = IntVector.fromMemorySegment(BITS, ALL, (other & OFFSETS) + 4L * i, ORDER);
            low.selectFrom(first, second).intoMemorySegment(ALL, (target & OFFSETS) + 8L * i, ORDER);
            high.selectFrom(first, second).intoMemorySegment(ALL, (target & OFFSETS) + 8L * i + 4L * BITS.length(), ORDER);
        }
    }

    /** The largest magnitude; what is infinite or NaN is larger than any. */
    static float largest(long numbers, int count) {
        IntVector most = IntVector.zero(BITS);
        int i = 0;
        for (; i <= count - SINGLES.length(); i += SINGLES.length()) {
            most = most.max(IntVector.fromMemorySegment(BITS, ALL, (numbers & OFFSETS) + 4L * i, ORDER).and(Integer.MAX_VALUE));
        }
        int largest = most.reduceLanes(MAX);
        for (; i < count; i++) {
            largest = Math.max(largest, ALL.get(JAVA_INT_UNALIGNED, numbers + 4L * i) & Integer.MAX_VALUE);
        }
        // Magnitudes are ordered as their bits are.
        return Float.intBitsToFloat(largest);
    }
}
