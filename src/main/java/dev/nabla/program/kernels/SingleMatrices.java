package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;

import dev.nabla.program.kernels.FloatKernels.Kinds;

/**
 * Kernels whose products are of single precision. Of a sum's terms {@value #TERMS} at a time are added one by one, each the
 * product of two numbers rounded to floats, by a fused multiply-add of floats where the machine has one; what they come to is
 * added up in the numbers of the target. So what {@link MatrixKernels} says of bits and threads holds here too.
 *
 * <p>Blocks whose products leave the range of floats, or the digits that these have within it, are multiplied as doubles. Which
 * rows and columns are in a block with such numbers is in the bits of a result.
 */
sealed interface SingleMatrices extends MatrixKernels permits VectorSingles, PlainSingles {

    MatrixKernels DOUBLES = MatrixKernels.best();

    int TERMS = 256;
    /** The rows of A and the columns of X that are in a block, of TERMS terms. */
    int HEIGHT = 96;
    int COLUMNS = 512;

    /** The least number, or product of two, of which all digits of a float are in range, and those of what is as small beside it. */
    float LEAST = 0x1p-100f;
    /** The largest product of which TERMS make a float. */
    float MOST = 0x1p118f;

    /**
     * Z = S + A X, as {@link #product}, where the element k, j of X stands at x + k · xStep + j · xColumnStep. Both lie by rows or by
     * columns: a step of each is 1.
     *
     * @return whether all of it is computed, as it is for doubles; of others, blocks that are not in range are left out
     */
    boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns);

    @Override
    default void product(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long z, long zStep,
            int rows, int inner, int columns) {
        product(Kinds.OF_DOUBLES, start, bias, a, rowStep, columnStep, x, xStep, 1, z, zStep, rows, inner, columns);
    }

    @Override
    default void outerSum(long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns, int samples,
            long sums, long scratch) {
        product(Kinds.OF_DOUBLES, Start.ZERO, 0, u, uStep, 1, v, 1, vStep, z, zStep, rows, samples, columns);
        if (sums != 0) {
            sampleSums(u, uStep, sums, rows, samples, scratch);
        }
    }

    @Override
    default void sampleSums(long x, long xStep, long z, int rows, int samples, long scratch) {
        DOUBLES.sampleSums(x, xStep, z, rows, samples, scratch);
    }

    @Override
    default double dot(long x, long y, int count) {
        return DOUBLES.dot(x, y, count);
    }

    /** As long as one of doubles, which is longer: what is worth sharing among threads does not depend on the precision. */
    @Override
    default double nanosOfMultiplyAdd() {
        return DOUBLES.nanosOfMultiplyAdd();
    }

    /** What a sum of doubles starts from. */
    static double first(Start start, long bias, long z) {
        return switch (start) {
            case ZERO -> 0;
            case BIAS -> get(bias);
            case TARGET -> get(z);
        };
    }

    /** The fastest for this machine and Java runtime. */
    static SingleMatrices best() {
        return switch (Hardware.FOUND) {
            case WIDE -> new VectorSingles();
            case NONE, NO_MULTIPLY_ADD -> new PlainSingles();
        };
    }
}
