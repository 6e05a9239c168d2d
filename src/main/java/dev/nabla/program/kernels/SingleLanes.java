package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.MAX;

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

    private SingleLanes() {
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
