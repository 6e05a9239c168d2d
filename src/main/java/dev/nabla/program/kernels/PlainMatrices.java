package dev.nabla.program.kernels;

/** The kernels in plain Java, for machines and runtimes without vectors. */
final class PlainMatrices implements MatrixKernels {

    @Override
    public void product(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        Sums.ofProducts(start, bias, a, rowStep, columnStep, x, xStep, 1, z, zStep, 1, rows, inner, columns);
    }

    @Override
    public double nanosOfMultiplyAdd() {
        return 0.45;
    }

    @Override
    public void outerSum(long u, long uStep, long v, long vStep, long z, long zStep, int rows,
            int columns, int samples, long sums, long scratch) {
        if (SumsOfSamples.areOfOuterProducts(rows, columns, samples)) {
            SumsOfSamples.ofOuterProducts(u, uStep, v, vStep, z, zStep, rows, columns, samples, sums);
            return;
        }
        NarrowOuterSums.compute(u, uStep, v, vStep, z, zStep, 1, rows, columns, samples, 0);
        if (sums != 0) {
            sampleSums(u, uStep, sums, rows, samples, scratch);
        }
    }

    @Override
    public void sampleSums(long x, long xStep, long z, int rows, int samples, long scratch) {
        if (SumsOfSamples.are(samples)) {
            SumsOfSamples.ofRows(x, xStep, z, rows, samples);
        } else {
            Sums.ofSamples(x, xStep, z, rows, samples);
        }
    }

    @Override
    public double dot(long x, long y, int count) {
        return SumsOfSamples.are(count) ? SumsOfSamples.ofProducts(x, y, count) : Sums.dot(x, y, count);
    }
}
