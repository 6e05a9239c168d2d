package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.SingleLanes.BITS;
import static dev.nabla.program.kernels.SingleLanes.HALF;
import static dev.nabla.program.kernels.SingleLanes.SINGLES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.nabla.program.kernels.MatrixKernels.Start;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** With the Vector API. */
final class VectorFloats implements FloatKernels {

    private static final PlainFloats PLAIN = new PlainFloats();
    private static final VectorSingles MATRICES = new VectorSingles();
    private static final VectorSingleFunctions FUNCTIONS = new VectorSingleFunctions();

    @Override
    public boolean product(long x, long y, long z, int count) {
        IntVector most = IntVector.zero(BITS);
        int i = 0;
        for (; i <= count - SINGLES.length(); i += SINGLES.length()) {
            FloatVector product = fromMemorySegment(SINGLES, ALL, ((x << 2) & OFFSETS) + 4L * i, ORDER)
                    .mul(fromMemorySegment(SINGLES, ALL, ((y << 2) & OFFSETS) + 4L * i, ORDER));
            product.intoMemorySegment(ALL, ((z << 2) & OFFSETS) + 4L * i, ORDER);
            most = most.max(product.reinterpretAsInts().and(Integer.MAX_VALUE));
        }
        // Magnitudes are ordered as their bits are.
        float largest = Float.intBitsToFloat(most.reduceLanes(MAX));
        for (; i < count; i++) {
            PlainFloats.set(z + i, PlainFloats.get(x + i) * PlainFloats.get(y + i));
            largest = Math.max(largest, Math.abs(PlainFloats.get(z + i)));
        }
        return PlainFloats.isInRange(largest)
                || largest == 0 && (SingleLanes.largest(x << 2, count) == 0 || SingleLanes.largest(y << 2, count) == 0);
    }

    @Override
    public boolean add(long x, long z, int count) {
        IntVector most = IntVector.zero(BITS);
        int i = 0;
        for (; i <= count - SINGLES.length(); i += SINGLES.length()) {
            long target = ((z << 2) & OFFSETS) + 4L * i;
            FloatVector sum = fromMemorySegment(SINGLES, ALL, ((x << 2) & OFFSETS) + 4L * i, ORDER)
                    .add(fromMemorySegment(SINGLES, ALL, target, ORDER));
            sum.intoMemorySegment(ALL, target, ORDER);
            most = most.max(sum.reinterpretAsInts().and(Integer.MAX_VALUE));
        }
        float largest = Float.intBitsToFloat(most.reduceLanes(MAX));
        for (; i < count; i++) {
            PlainFloats.set(z + i, PlainFloats.get(x + i) + PlainFloats.get(z + i));
            largest = Math.max(largest, Math.abs(PlainFloats.get(z + i)));
        }
        return PlainFloats.isInRange(largest) || largest == 0 && SingleLanes.largest(x << 2, count) == 0;
    }

    @Override
    public OfOne first(FunctionPair pair) {
        return FUNCTIONS.firstOfFloats(pair);
    }

    @Override
    public OfPair of(FunctionPair pair) {
        return FUNCTIONS.ofFloats(pair);
    }

    @Override
    public boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long xColumnStep, long z, long zStep, int rows, int inner, int columns) {
        return MATRICES.product(kinds, start, bias, a, rowStep, columnStep, x, xStep, xColumnStep, z, zStep, rows, inner, columns)
                && (kinds.z() == Numbers.DOUBLES || PlainFloats.isProductInRange(largestOfRows(z, zStep, rows, columns), kinds,
                        start, x, xStep, xColumnStep, inner, columns));
    }

    @Override
    public boolean ofFewTerms(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns) {
        int whole = columns & -LENGTH;
        for (int i = 0; i < rows; i++) {
            DoubleVector first = DoubleVector.broadcast(SPECIES, bias == 0 ? 0 : Doubles.get(bias + i));
            long row = a + i * rowStep;
            DoubleVector f0 = DoubleVector.broadcast(SPECIES, Doubles.get(row));
            DoubleVector f1 = DoubleVector.broadcast(SPECIES, Doubles.get(row + Math.min(1, inner - 1) * columnStep));
            DoubleVector f2 = DoubleVector.broadcast(SPECIES, Doubles.get(row + Math.min(2, inner - 1) * columnStep));
            DoubleVector f3 = DoubleVector.broadcast(SPECIES, Doubles.get(row + Math.min(3, inner - 1) * columnStep));
            long target = ((z << 2) & OFFSETS) + 4L * i * columns;
            for (int c = 0; c < whole; c += LENGTH) {
                long xc = ((x << 3) & OFFSETS) + 8L * c;
                DoubleVector sum = f0.fma(DoubleVector.fromMemorySegment(SPECIES, ALL, xc, ORDER), first);
                if (inner > 1) {
                    sum = f1.fma(DoubleVector.fromMemorySegment(SPECIES, ALL, xc + 8L * columns, ORDER), sum);
                }
                if (inner > 2) {
                    sum = f2.fma(DoubleVector.fromMemorySegment(SPECIES, ALL, xc + 16L * columns, ORDER), sum);
                }
                if (inner > 3) {
                    sum = f3.fma(DoubleVector.fromMemorySegment(SPECIES, ALL, xc + 24L * columns, ORDER), sum);
                }
                ((FloatVector) sum.convertShape(D2F, HALF, 0)).intoMemorySegment(ALL, target + 4L * c, ORDER);
            }
        }
        PlainFloats.ofFewTerms(bias, a, rowStep, columnStep, x, z, rows, inner, columns, whole);
        return PlainFloats.isOfFewTermsInRange(SingleLanes.largest(z << 2, rows * columns), bias, x, inner * columns);
    }

    @Override
    public void widened(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns) {
        int whole = columns & -(4 * LENGTH);
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < whole; c += 4 * LENGTH) {
                DoubleVector s0 = DoubleVector.broadcast(SPECIES, bias == 0 ? 0 : Doubles.get(bias + i));
                DoubleVector s1 = s0;
                DoubleVector s2 = s0;
                DoubleVector s3 = s0;
                for (int k = 0; k < inner; k++) {
                    DoubleVector factor = DoubleVector.broadcast(SPECIES, Doubles.get(a + i * rowStep + k * columnStep));
                    long row = ((x << 2) & OFFSETS) + 4L * ((long) k * columns + c);
                    s0 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, row, ORDER).convertShape(F2D, SPECIES, 0), s0);
                    s1 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, row + 4L * LENGTH, ORDER)
                            .convertShape(F2D, SPECIES, 0), s1);
                    s2 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, row + 8L * LENGTH, ORDER)
                            .convertShape(F2D, SPECIES, 0), s2);
                    s3 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, row + 12L * LENGTH, ORDER)
                            .convertShape(F2D, SPECIES, 0), s3);
                }
                long target = ((z << 3) & OFFSETS) + 8L * ((long) i * columns + c);
                s0.intoMemorySegment(ALL, target, ORDER);
                s1.intoMemorySegment(ALL, target + 8L * LENGTH, ORDER);
                s2.intoMemorySegment(ALL, target + 16L * LENGTH, ORDER);
                s3.intoMemorySegment(ALL, target + 24L * LENGTH, ORDER);
            }
        }
        PlainFloats.widened(bias, a, rowStep, columnStep, x, z, rows, inner, columns, whole);
    }

    @Override
    public void widenedOuterSum(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep, int rows,
            int columns, int samples, long sums, long scratch) {
        FloatSampleTiles.outerSum(u, uStep, v, vStep, z, rowStep, columnStep, rows, columns, samples, sums, scratch);
    }

    private static float largestOfRows(long z, long zStep, int rows, int columns) {
        if (zStep == columns) {
            return SingleLanes.largest(z << 2, rows * columns);
        }
        float largest = 0;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, SingleLanes.largest((z + i * zStep) << 2, columns));
        }
        return largest;
    }

    @Override
    public boolean adam(long theta, double c, long g, long m, long r, int count, double beta1, double beta2, double s, double e) {
        boolean isInRange = true;
        FloatVector rate1 = FloatVector.broadcast(HALF, (float) (1 - beta1));
        FloatVector rate2 = FloatVector.broadcast(HALF, (float) (1 - beta2));
        FloatVector epsilon = FloatVector.broadcast(HALF, (float) e);
        FloatVector zero = FloatVector.broadcast(HALF, 0);
        DoubleVector factor = DoubleVector.broadcast(SPECIES, -s);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector gradient = (FloatVector) DoubleVector.fromMemorySegment(SPECIES, ALL, ((g << 3) & OFFSETS) + 8L * i, ORDER)
                    .mul(c).convertShape(D2F, HALF, 0);
            FloatVector root = fromMemorySegment(HALF, ALL, ((r << 2) & OFFSETS) + 4L * i, ORDER);
            FloatVector moment = fromMemorySegment(HALF, ALL, ((m << 2) & OFFSETS) + 4L * i, ORDER);
            if (!gradient.abs().compare(LT, PlainFloats.MOST_OF_SQUARES).and(moment.abs().compare(LT, PlainFloats.MOST_OF_SQUARES))
                    .and(root.compare(LT, PlainFloats.MOST_OF_SQUARES)).allTrue()) {
                isInRange &= PLAIN.adam(theta + i, c, g + i, m + i, r + i, LENGTH, beta1, beta2, s, e);
                continue;
            }
            FloatVector first = gradient.sub(moment).fma(rate1, moment);
            first = first.blend(zero, first.abs().compare(LT, Float.MIN_NORMAL));
            FloatVector square = root.mul(root);
            FloatVector second = gradient.mul(gradient).sub(square).fma(rate2, square);
            FloatVector next = second.blend(zero, second.compare(LT, PlainFloats.LEAST_SQUARE)).sqrt();
            first.intoMemorySegment(ALL, ((m << 2) & OFFSETS) + 4L * i, ORDER);
            next.intoMemorySegment(ALL, ((r << 2) & OFFSETS) + 4L * i, ORDER);
            ((DoubleVector) first.div(next.add(epsilon)).convertShape(F2D, SPECIES, 0))
                    .fma(factor, DoubleVector.fromMemorySegment(SPECIES, ALL, ((theta << 3) & OFFSETS) + 8L * i, ORDER))
                    .intoMemorySegment(ALL, ((theta << 3) & OFFSETS) + 8L * i, ORDER);
        }
        return PLAIN.adam(theta + i, c, g + i, m + i, r + i, count - i, beta1, beta2, s, e) && isInRange;
    }
}
