package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;

/** The kernels with the Vector API. */
final class VectorMatrices implements MatrixKernels {

    /** The columns that are transposed at a time, a multiple of a vector's length, and the samples: half of a first-level cache. */
    private static final int PANEL = 16;
    private static final int SAMPLES = 128;
    /** A product's blocks: two vectors by DEPTH of X stay in the first-level cache, HEIGHT by DEPTH of A in the second. */
    private static final int DEPTH = 256;
    private static final int HEIGHT = 64;

    @Override
    public void product(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        boolean isVast = Math.max(Math.max(inner, columns), Math.max(columnStep, xStep)) > ProductTiles.SIZES;
        if (columns < LENGTH || isVast) {
            Sums.ofProducts(start, bias, a, rowStep, columnStep, x, xStep, 1, z, zStep, 1, rows, inner, columns);
        } else {
            productOfBytes(start, bias << 3, a << 3, rowStep << 3, columnStep << 3, x << 3, xStep << 3, z << 3,
                    zStep << 3, rows, inner, columns);
        }
    }

    /** Chooses the tile; offsets and steps are in bytes. */
    private static void productOfBytes(Start start, long bias, long a, long rowStep, long columnStep,
            long x, long xStep, long z, long zStep, int rows, int inner, int columns) {
        if (inner > 0 && inner <= ProductTiles.FEW_TERMS && start != Start.TARGET) {
            ProductTiles.ofFewTerms(start, bias, a, rowStep, columnStep, x, xStep, z, zStep, rows, inner, columns);
        } else if (rows == 1) {
            row(start, bias, a, columnStep, x, xStep, z, inner, columns);
        } else if (PackedProducts.areWorthIt(rows, inner, columns, columnStep == Double.BYTES)) {
            PackedProducts.compute(start, bias, a, rowStep, columnStep, x, xStep, Double.BYTES, z, zStep, rows, inner, columns);
        } else if (rows <= HEIGHT && inner <= DEPTH) {
            block(start, bias, a, rowStep, columnStep, x, xStep, z, zStep, rows, inner, columns);
        } else {
            blocks(start, bias, a, rowStep, columnStep, x, xStep, z, zStep, rows, inner, columns);
        }
    }

    private static void row(Start start, long bias, long a, long columnStep, long x, long xStep,
            long z, int inner, int columns) {
        int width;
        for (int c = 0; c < columns; c += width) {
            width = width(columns - c, 4 * LENGTH);
            ProductTiles.oneByFour(start, bias, a, columnStep, x + 8L * c, xStep, z + 8L * c, inner, width);
        }
    }

    private static void block(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        int width;
        for (int c = 0; c < columns; c += width) {
            width = width(columns - c, 2 * LENGTH);
            if (width == LENGTH) {
                ProductTiles.eightByOne(start, bias, a, rowStep, columnStep, x + 8L * c, xStep, z + 8L * c, zStep, rows,
                        inner);
            } else {
                ProductTiles.fourByTwo(start, bias, a, rowStep, columnStep, x + 8L * c, xStep, z + 8L * c, zStep, rows,
                        inner, width);
            }
        }
    }

    /** Continues from what stands in the target for every block of the inner index but the first. */
    private static void blocks(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        for (int k = 0; k == 0 || k < inner; k += DEPTH) {
            for (int i = 0; i < rows; i += HEIGHT) {
                block(k == 0 ? start : Start.TARGET, bias + 8L * i, a + i * rowStep + k * columnStep, rowStep,
                        columnStep, x + k * xStep, xStep, z + i * zStep, zStep, Math.min(HEIGHT, rows - i),
                        Math.min(DEPTH, inner - k), columns);
            }
        }
    }

    /**
     * How many columns the next tile takes of those that remain: never such that less than a vector is left. Vectors
     * overlap within a tile, which loads all before it stores any; tiles do not, as they would add twice to a target.
     */
    static int width(int remaining, int most) {
        if (remaining <= most) {
            return remaining;
        }
        return remaining < most + LENGTH ? most - LENGTH : most;
    }

    @Override
    public double nanosOfMultiplyAdd() {
        return 0.03;
    }

    @Override
    public void outerSum(long u, long uStep, long v, long vStep, long z, long zStep, int rows,
            int columns, int samples, long sums, long scratch) {
        if (SumsOfSamples.areOfOuterProducts(rows, columns, samples)) {
            SampleTiles.outerSum(u, uStep, v, vStep, z, zStep, rows, columns, samples, sums, scratch);
            return;
        }
        if (columns < LENGTH) {
            NarrowOuterSums.compute(u, uStep, v, vStep, z, zStep, 1, rows, columns, samples, sums);
            return;
        }
        if (rows < 4) {
            NarrowOuterSums.compute(v, vStep, u, uStep, z, 1, zStep, columns, rows, samples, 0);
        } else if (PackedProducts.areWorthIt(rows, samples, columns, false)) {
            PackedProducts.compute(Start.ZERO, 0, u << 3, uStep << 3, Double.BYTES, v << 3, Double.BYTES, vStep << 3, z << 3,
                    zStep << 3, rows, samples, columns);
        } else {
            outerSumByPanels(u, uStep, v, vStep, z, zStep, rows, columns, samples, scratch);
        }
        if (sums != 0) {
            sampleSums(u, uStep, sums, rows, samples, scratch);
        }
    }

    @Override
    public void sampleSums(long x, long xStep, long z, int rows, int samples, long scratch) {
        if (SumsOfSamples.are(samples)) {
            SampleTiles.ofRows(x, xStep, z, rows, samples, scratch);
        } else {
            Sums.ofSamples(x, xStep, z, rows, samples);
        }
    }

    @Override
    public double dot(long x, long y, int count) {
        return SumsOfSamples.are(count) ? SampleTiles.ofProducts(x, y, count) : Sums.dot(x, y, count);
    }

    /** Transposes V, some columns and samples at a time, and multiplies. */
    private void outerSumByPanels(long u, long uStep, long v, long vStep, long z, long zStep,
            int rows, int columns, int samples, long scratch) {
        int width = Math.min(PANEL, columns);
        for (int c = 0; c < columns; c += width) {
            int first = Math.min(c, columns - width);
            for (int s = 0; s == 0 || s < samples; s += SAMPLES) {
                int count = Math.min(SAMPLES, samples - s);
                for (int j = 0; j < width; j++) {
                    scatter(v + (first + j) * vStep + s, scratch + j, count);
                }
                product(s == 0 ? Start.ZERO : Start.TARGET, 0, u + s, uStep, 1, scratch, PANEL, z + first, zStep, rows, count, width);
            }
        }
    }

    static long scratch(int samples) {
        return Math.max(Math.max(SampleTiles.SCRATCH, FloatSampleTiles.SCRATCH), (long) PANEL * Math.min(SAMPLES, samples));
    }

    private static void scatter(long source, long target, int count) {
        long from = Doubles.start(source);
        long to = Doubles.start(target);
        for (int s = 0; s < count; s++) {
            double value = Doubles.get(from + s);
            Doubles.set(to + (long) s * PANEL, value);
        }
    }
}
