package dev.nabla.program.kernels;

/**
 * Products and sums of matrices of {@link Doubles}. Steps and sizes are counted in doubles; a step leads from one row to
 * the next, whose elements lie side by side. Nothing but the elements is read or written, and nothing is allocated.
 *
 * <p>An element of a result is a sum whose terms are added one by one, in order, by a fused multiply-add where the
 * machine has one; one of many samples may be {@link SumsOfSamples}, by the sizes of the call alone. So it is the same, bit for
 * bit, with vectors of any width and in plain loops, and whichever rows and columns of a product a call is asked for: threads
 * may share them. The bits of a NaN aside.
 */
public sealed interface MatrixKernels permits VectorMatrices, PlainMatrices, SingleMatrices {

    /** What a product is added to. */
    enum Start {
        ZERO,
        /** A number for each row. */
        BIAS,
        /** What stands in the target. */
        TARGET
    }

    /**
     * Z = S + A X of rows × columns, where {@code start} says what S is; for a bias, the number for row i stands at
     * bias + i. A, of rows × inner, has its element i, k at a + i · rowStep + k · columnStep, so that it may also be the
     * transpose of what is stored. Z overlaps neither A nor X.
     */
    void product(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long z, long zStep, int rows, int inner, int columns);

    /**
     * Z = U Vᵀ, the sum over the samples of the outer products, where U is of rows × samples and V of columns × samples.
     * Z overlaps neither.
     *
     * @param sums where the sums of the rows of U go, 0 if they are not wanted
     * @param scratch the place of {@link #scratch} doubles, which are overwritten
     */
    void outerSum(long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns,
            int samples, long sums, long scratch);

    /**
     * Sets the number at z + i to the sum of row i of X, of rows × samples.
     *
     * @param scratch the place of {@link #scratch} doubles, which are overwritten
     */
    void sampleSums(long x, long xStep, long z, int rows, int samples, long scratch);

    /** The sum of the products of two runs, added up in four sums side by side, or in those of {@link SumsOfSamples}. */
    double dot(long x, long y, int count);

    /** How long a multiply-add of a large product takes, in nanoseconds on one thread of the machine of the cost model. */
    double nanosOfMultiplyAdd();

    /** How many doubles {@link #outerSum} and {@link #sampleSums} need to work in. */
    static long scratch(int samples) {
        return VectorMatrices.scratch(samples);
    }

    /** The fastest kernels for this machine and Java runtime. */
    static MatrixKernels best() {
        return switch (Hardware.FOUND) {
            case WIDE -> new VectorMatrices();
            case NONE, NO_MULTIPLY_ADD -> new PlainMatrices();
        };
    }

    /** The fastest of single precision, {@link SingleMatrices}. */
    static MatrixKernels bestOfSingles() {
        return SingleMatrices.best();
    }
}
