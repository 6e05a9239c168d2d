package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.program.kernels.MatrixKernels.Start;

/**
 * Sums of products in plain loops, several at once, because each addition waits for the one before it. At an edge, the
 * last row stands in for those that are missing.
 */
final class Sums {

    private static final boolean FUSED = Hardware.FOUND != Hardware.NO_MULTIPLY_ADD;

    private Sums() {
    }

    static double multiplyAdd(double a, double b, double c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    /** In four sums side by side. */
    static double dot(long x, long y, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= count - 4; i += 4) {
            s0 = multiplyAdd(get(x + i), get(y + i), s0);
            s1 = multiplyAdd(get(x + i + 1), get(y + i + 1), s1);
            s2 = multiplyAdd(get(x + i + 2), get(y + i + 2), s2);
            s3 = multiplyAdd(get(x + i + 3), get(y + i + 3), s3);
        }
        for (; i < count; i++) {
            s0 = multiplyAdd(get(x + i), get(y + i), s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    static void ofSamples(long x, long xStep, long z, int rows, int samples) {
        for (int i = 0; i < rows; i += 4) {
            int i1 = Math.min(i + 1, rows - 1);
            int i2 = Math.min(i + 2, rows - 1);
            int i3 = Math.min(i + 3, rows - 1);
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int s = 0; s < samples; s++) {
                s0 += get(x + i * xStep + s);
                s1 += get(x + i1 * xStep + s);
                s2 += get(x + i2 * xStep + s);
                s3 += get(x + i3 * xStep + s);
            }
            set(z + i, s0);
            set(z + i1, s1);
            set(z + i2, s2);
            set(z + i3, s3);
        }
    }

    /** A product where X and Z too have a step from each element to the next in its row. */
    static void ofProducts(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long xColumnStep, long z, long zStep, long zColumnStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i += 2) {
            int height = Math.min(2, rows - i);
            for (int j = 0; j < columns; j += 2) {
                twoByTwo(start, bias + i, a + i * rowStep, rowStep, columnStep, x + j * xColumnStep, xStep,
                        xColumnStep, z + i * zStep + j * zColumnStep, zStep, zColumnStep, height, inner,
                        Math.min(2, columns - j));
            }
        }
    }

    /** No larger, because C1 then gives up on it. */
    private static void twoByTwo(Start start, long bias, long a, long rowStep, long columnStep,
            long x, long xStep, long xColumnStep, long z, long zStep, long zColumnStep, int rows, int inner, int columns) {
        long nextA = (rows - 1) * rowStep;
        long nextX = (columns - 1) * xColumnStep;
        long lower = z + (rows - 1) * zStep;
        long nextZ = (columns - 1) * zColumnStep;
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        if (start == Start.BIAS) {
            s00 = get(bias);
            s01 = s00;
            s10 = get(bias + rows - 1);
            s11 = s10;
        } else if (start == Start.TARGET) {
            s00 = get(z);
            s01 = get(z + nextZ);
            s10 = get(lower);
            s11 = get(lower + nextZ);
        }
        for (int k = 0; k < inner; k++) {
            double x0 = get(x + k * xStep);
            double x1 = get(x + k * xStep + nextX);
            double f0 = get(a + k * columnStep);
            double f1 = get(a + k * columnStep + nextA);
            s00 = multiplyAdd(f0, x0, s00);
            s01 = multiplyAdd(f0, x1, s01);
            s10 = multiplyAdd(f1, x0, s10);
            s11 = multiplyAdd(f1, x1, s11);
        }
        set(z, s00);
        set(z + nextZ, s01);
        set(lower, s10);
        set(lower + nextZ, s11);
    }
}
