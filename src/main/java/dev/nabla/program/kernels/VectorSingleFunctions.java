package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.SingleExponential.HALF_BITS;
import static dev.nabla.program.kernels.SingleExponential.LARGE;
import static dev.nabla.program.kernels.SingleExponential.LEAN;
import static dev.nabla.program.kernels.SingleExponential.LOG2_E;
import static dev.nabla.program.kernels.SingleExponential.ONE_BITS;
import static dev.nabla.program.kernels.SingleExponential.ROUNDER;
import static dev.nabla.program.kernels.SingleExponential.TINY;
import static dev.nabla.program.kernels.SingleLanes.HALF;
import static dev.nabla.program.kernels.SingleLanes.SINGLES;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With the Vector API, piece by piece: the arguments are rounded to floats, both results of a pair written as floats, and these
 * taken for doubles. Of a piece with a large argument the results of doubles are computed too.
 */
final class VectorSingleFunctions implements SingleFunctions {

    private static final VectorFunctions DOUBLES = new VectorFunctions();
    private static final int PIECE = 512;

    private static final ThreadLocal<Piece> PIECES = ThreadLocal.withInitial(Piece::new);

    /** The addresses of floats, and the places of doubles, outside of the heap. */
    private static final class Piece {
        private final MemorySegment memory = Arena.ofAuto().allocate(6L * 8 * PIECE, 4L * SINGLES.length());
        private final long arguments = memory.address();
        private final long first = arguments + 8L * PIECE;
        private final long second = first + 8L * PIECE;
        /** In halves that floats leave free. */
        private final long rest = arguments + 4L * PIECE;
        private final long firstOfRest = first + 4L * PIECE;
        private final long secondOfRest = second + 4L * PIECE;
        private final long firstOfDoubles = Doubles.first(memory) + 3L * PIECE;
        private final long secondOfDoubles = firstOfDoubles + PIECE;
        private final long argumentsOfDoubles = secondOfDoubles + PIECE;
    }

    @Override
    public FunctionKernels doubles() {
        return DOUBLES;
    }

    @Override
    public OfOne first(FunctionPair pair) {
        OfPair floats = floats(pair);
        OfTwo widen = widening(pair);
        OfPair ofDoubles = DOUBLES.of(pair);
        return (source, target, count) -> {
            Piece piece = PIECES.get();
            for (int from = 0; from < count; from += PIECE) {
                int size = Math.min(PIECE, count - from);
                boolean hasLarge = computes(floats, ofDoubles, source + from, piece, size);
                widen.apply(source + from, piece.first, target + from, size);
                if (hasLarge) {
                    select(piece.arguments, piece.firstOfDoubles, target + from, size);
                }
            }
        };
    }

    @Override
    public OfPair of(FunctionPair pair) {
        OfPair floats = floats(pair);
        OfTwo widen = widening(pair);
        OfPair ofDoubles = DOUBLES.of(pair);
        return (source, first, second, count) -> {
            Piece piece = PIECES.get();
            for (int from = 0; from < count; from += PIECE) {
                int size = Math.min(PIECE, count - from);
                boolean hasLarge = computes(floats, ofDoubles, source + from, piece, size);
                widen.apply(source + from, piece.first, first + from, size);
                SingleLanes.widen(piece.second, second + from, size);
                if (hasLarge) {
                    select(piece.arguments, piece.firstOfDoubles, first + from, size);
                    select(piece.arguments, piece.secondOfDoubles, second + from, size);
                }
            }
        };
    }

    /** The results as floats, and as doubles where an argument is large; whether one is. */
    private static boolean computes(OfPair floats, OfPair ofDoubles, long source, Piece piece, int count) {
        SingleLanes.round(source, piece.arguments, count);
        floats.apply(piece.arguments, piece.first, piece.second, count);
        boolean hasLarge = !(SingleLanes.largest(piece.arguments, count) <= LARGE);
        if (hasLarge) {
            ofDoubles.apply(source, piece.firstOfDoubles, piece.secondOfDoubles, count);
        }
        return hasLarge;
    }

    /** Results of doubles where arguments are large. */
    private static void select(long arguments, long ofDoubles, long target, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector x = ((DoubleVector) fromMemorySegment(HALF, ALL, (arguments & OFFSETS) + 4L * i, ORDER)
                    .convertShape(F2D, SPECIES, 0)).abs();
            DoubleVector result = DoubleVector.fromMemorySegment(SPECIES, ALL, ((ofDoubles << 3) & OFFSETS) + 8L * i, ORDER);
            DoubleVector other = DoubleVector.fromMemorySegment(SPECIES, ALL, ((target << 3) & OFFSETS) + 8L * i, ORDER);
            other.blend(result, x.compare(GT, LARGE)).intoMemorySegment(ALL, ((target << 3) & OFFSETS) + 8L * i, ORDER);
        }
        for (; i < count; i++) {
            if (Math.abs(ALL.get(JAVA_FLOAT_UNALIGNED, arguments + 4L * i)) > LARGE) {
                Doubles.set(target + i, Doubles.get(ofDoubles + i));
            }
        }
    }

    /** As {@link FloatKernels#first}. */
    FloatKernels.OfOne firstOfFloats(FunctionPair pair) {
        OfPair floats = floats(pair);
        OfPair ofDoubles = DOUBLES.of(pair);
        return (source, target, count) -> {
            Piece piece = PIECES.get();
            boolean hasLarge = false;
            for (int from = 0; from < count; from += PIECE) {
                hasLarge |= ofFloats(floats, ofDoubles, (source + from) << 2, (target + from) << 2, piece.second, piece,
                        Math.min(PIECE, count - from));
            }
            return !hasLarge || PlainFloats.isInRange(SingleLanes.largest(target << 2, count));
        };
    }

    /** As {@link FloatKernels#of}. */
    FloatKernels.OfPair ofFloats(FunctionPair pair) {
        OfPair floats = floats(pair);
        OfPair ofDoubles = DOUBLES.of(pair);
        return (source, first, second, count) -> {
            Piece piece = PIECES.get();
            boolean hasLarge = false;
            for (int from = 0; from < count; from += PIECE) {
                hasLarge |= ofFloats(floats, ofDoubles, (source + from) << 2, (first + from) << 2, (second + from) << 2, piece,
                        Math.min(PIECE, count - from));
            }
            return !hasLarge || PlainFloats.isInRange(SingleLanes.largest(first << 2, count))
                    && PlainFloats.isInRange(SingleLanes.largest(second << 2, count));
        };
    }

    /** A piece by its addresses; whether it has large arguments. */
    private static boolean ofFloats(OfPair floats, OfPair ofDoubles, long source, long first, long second, Piece piece, int count) {
        boolean hasLarge = !(SingleLanes.largest(source, count) <= LARGE);
        if (hasLarge) {
            SingleLanes.copy(source, piece.arguments, count);
        }
        int whole = count & -SINGLES.length();
        floats.apply(source, first, second, whole);
        if (whole < count) {
            int rest = count - whole;
            SingleLanes.copy(source + 4L * whole, piece.rest, rest);
            floats.apply(piece.rest, piece.firstOfRest, piece.secondOfRest, rest);
            SingleLanes.copy(piece.firstOfRest, first + 4L * whole, rest);
            SingleLanes.copy(piece.secondOfRest, second + 4L * whole, rest);
        }
        if (hasLarge) {
            SingleLanes.widen(piece.arguments, piece.argumentsOfDoubles, count);
            ofDoubles.apply(piece.argumentsOfDoubles, piece.firstOfDoubles, piece.secondOfDoubles, count);
            selectFloats(piece.arguments, piece.firstOfDoubles, first, count);
            selectFloats(piece.arguments, piece.secondOfDoubles, second, count);
        }
        return hasLarge;
    }

    /** Results of doubles, rounded, where arguments are large. */
    private static void selectFloats(long arguments, long ofDoubles, long target, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector x = fromMemorySegment(HALF, ALL, (arguments & OFFSETS) + 4L * i, ORDER).abs();
            FloatVector result = (FloatVector) DoubleVector.fromMemorySegment(SPECIES, ALL, ((ofDoubles << 3) & OFFSETS) + 8L * i, ORDER)
                    .convertShape(D2F, HALF, 0);
            fromMemorySegment(HALF, ALL, (target & OFFSETS) + 4L * i, ORDER).blend(result, x.compare(GT, LARGE))
                    .intoMemorySegment(ALL, (target & OFFSETS) + 4L * i, ORDER);
        }
        for (; i < count; i++) {
            if (Math.abs(ALL.get(JAVA_FLOAT_UNALIGNED, arguments + 4L * i)) > LARGE) {
                ALL.set(JAVA_FLOAT_UNALIGNED, target + 4L * i, (float) Doubles.get(ofDoubles + i));
            }
        }
    }

    /** From floats to floats, all by their addresses; up to a vector behind the arguments is computed with them and not used. */
    private static OfPair floats(FunctionPair pair) {
        // As in VectorFunctions.
        OfPair[] vectors = {switch (pair) {
            case TANH_AND_SLOPE -> VectorSingleFunctions::tanhAndSlopeOnRun;
            case SIGMOIDS -> VectorSingleFunctions::sigmoidsOnRun;
        }};
        return (source, first, second, count) -> vectors[0].apply(source, first, second, count);
    }

    /** Takes first results for doubles: of the arguments, the results and the target. */
    private static OfTwo widening(FunctionPair pair) {
        return switch (pair) {
            case TANH_AND_SLOPE -> VectorSingleFunctions::widenBeside;
            case SIGMOIDS -> (_, results, target, count) -> SingleLanes.widen(results, target, count);
        };
    }

    private static void tanhAndSlopeOnRun(long source, long target, long slope, int count) {
        FloatVector one = broadcast(SINGLES, 1);
        FloatVector two = broadcast(SINGLES, 2);
        for (int i = 0; i < count; i += SINGLES.length()) {
            FloatVector x = fromMemorySegment(SINGLES, ALL, (source & OFFSETS) + 4L * i, ORDER);
            FloatVector a = x.abs();
            FloatVector y = a.add(a);
            FloatVector shifted = y.fma(broadcast(SINGLES, LOG2_E), broadcast(SINGLES, LEAN)).add(ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(HALF_BITS).reinterpretAsFloats();
            FloatVector expm1 = SingleLanes.expm1(y, n);
            FloatVector h = scale.fma(expm1, scale.sub(0.5f));
            FloatVector q = one.div(h.add(one));
            FloatVector result = one.sub(q).blend(h.mul(q), h.compare(LT, one));
            result.reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats()
                    .intoMemorySegment(ALL, (target & OFFSETS) + 4L * i, ORDER);
            two.sub(q).mul(q).intoMemorySegment(ALL, (slope & OFFSETS) + 4L * i, ORDER);
        }
    }

    private static void sigmoidsOnRun(long source, long target, long negated, int count) {
        FloatVector one = broadcast(SINGLES, 1);
        for (int i = 0; i < count; i += SINGLES.length()) {
            FloatVector x = fromMemorySegment(SINGLES, ALL, (source & OFFSETS) + 4L * i, ORDER);
            FloatVector y = x.abs().neg();
            FloatVector shifted = y.fma(broadcast(SINGLES, LOG2_E), broadcast(SINGLES, ROUNDER));
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector expm1 = SingleLanes.expm1(y, n);
            FloatVector e = expm1.add(one).mul(scale);
            FloatVector larger = one.div(e.add(one));
            FloatVector smaller = e.mul(larger);
            VectorMask<Float> negative = x.compare(LT, 0);
            larger.blend(smaller, negative).intoMemorySegment(ALL, (target & OFFSETS) + 4L * i, ORDER);
            smaller.blend(larger, negative).intoMemorySegment(ALL, (negated & OFFSETS) + 4L * i, ORDER);
        }
    }

    /** Where an argument is tiny, the result is the argument itself. */
    private static void widenBeside(long arguments, long source, long target, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector x = DoubleVector.fromMemorySegment(SPECIES, ALL, ((arguments << 3) & OFFSETS) + 8L * i, ORDER);
            DoubleVector result = (DoubleVector) fromMemorySegment(HALF, ALL, (source & OFFSETS) + 4L * i, ORDER)
                    .convertShape(F2D, SPECIES, 0);
            result.blend(x, x.abs().compare(LT, TINY)).intoMemorySegment(ALL, ((target << 3) & OFFSETS) + 8L * i, ORDER);
        }
        for (; i < count; i++) {
            double x = Doubles.get(arguments + i);
            Doubles.set(target + i, Math.abs(x) < TINY ? x : ALL.get(JAVA_FLOAT_UNALIGNED, source + 4L * i));
        }
    }
}
