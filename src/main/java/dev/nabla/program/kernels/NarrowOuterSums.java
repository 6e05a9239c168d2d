package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Doubles.start;
import static dev.nabla.program.kernels.Sums.multiplyAdd;

/**
 * U Vᵀ for a V of few rows, in plain loops: tiles of several sums, as each addition to a sum waits for the one before it,
 * but no larger ones than C1 compiles. Small networks have tiles of just their sizes, as their steps take the time of the
 * operations; at other edges the last row stands in for those that are missing.
 */
final class NarrowOuterSums {

    private NarrowOuterSums() {
    }

    /**
     * @param rowStep leads from one row of the result to the next
     * @param columnStep leads from one column of the result to the next
     * @param sums where the sums of the rows of U go, 0 if they are not wanted
     */
    static void compute(long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples, long sums) {
        int width;
        for (int j = 0; j < columns; j += width) {
            width = columns - j == 3 || columns - j > 4 ? 3 : Math.min(2, columns - j);
            int height;
            for (int i = 0; i < rows; i += height) {
                int most = width == 3 || rows - i == 3 ? 3 : 4;
                height = Math.min(most, rows - i);
                long tile = z + i * rowStep + j * columnStep;
                long sumsOfTile = sums == 0 ? 0 : sums + i;
                long ui = u + i * uStep;
                long vj = v + j * vStep;
                if (width == 3 && height == 1) {
                    oneByThree(ui, vj, vStep, tile, columnStep, samples, sumsOfTile);
                } else if (width == 3) {
                    threeByThree(ui, uStep, vj, vStep, tile, rowStep, columnStep, height, samples, sumsOfTile);
                } else if (width == 1) {
                    fourByOne(ui, uStep, vj, tile, rowStep, height, samples, sumsOfTile);
                } else if (height == 3) {
                    threeByTwo(ui, uStep, vj, vStep, tile, rowStep, columnStep, samples, sumsOfTile);
                } else {
                    fourByTwo(ui, uStep, vj, vStep, tile, rowStep, columnStep, height, samples, sumsOfTile);
                }
            }
        }
    }

    private static void oneByThree(long u, long v, long vStep, long z, long columnStep, int samples, long sums) {
        long left0 = start(u);
        long right0 = start(v);
        long right1 = start(v + vStep);
        long right2 = start(v + 2 * vStep);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double t = 0;
        for (int s = 0; s < samples; s++) {
            double u0 = get(left0 + s);
            s0 = multiplyAdd(u0, get(right0 + s), s0);
            s1 = multiplyAdd(u0, get(right1 + s), s1);
            s2 = multiplyAdd(u0, get(right2 + s), s2);
            t += u0;
        }
        set(z, s0);
        set(z + columnStep, s1);
        set(z + 2 * columnStep, s2);
        if (sums != 0) {
            set(sums, t);
        }
    }

    private static void fourByOne(long u, long uStep, long v, long z, long rowStep, int rows, int samples, long sums) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = Math.min(3, rows - 1);
        long left0 = start(u);
        long left1 = start(u + i1 * uStep);
        long left2 = start(u + i2 * uStep);
        long left3 = start(u + i3 * uStep);
        long right0 = start(v);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        for (int s = 0; s < samples; s++) {
            double v0 = get(right0 + s);
            double u0 = get(left0 + s);
            s0 = multiplyAdd(u0, v0, s0);
            t0 += u0;
            double u1 = get(left1 + s);
            s1 = multiplyAdd(u1, v0, s1);
            t1 += u1;
            double u2 = get(left2 + s);
            s2 = multiplyAdd(u2, v0, s2);
            t2 += u2;
            double u3 = get(left3 + s);
            s3 = multiplyAdd(u3, v0, s3);
            t3 += u3;
        }
        set(z, s0);
        set(z + i1 * rowStep, s1);
        set(z + i2 * rowStep, s2);
        set(z + i3 * rowStep, s3);
        if (sums != 0) {
            set(sums, t0);
            set(sums + i1, t1);
            set(sums + i2, t2);
            set(sums + i3, t3);
        }
    }

    private static void threeByTwo(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep,
            int samples, long sums) {
        long left0 = start(u);
        long left1 = start(u + uStep);
        long left2 = start(u + 2 * uStep);
        long right0 = start(v);
        long right1 = start(v + vStep);
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        double s20 = 0;
        double s21 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        for (int s = 0; s < samples; s++) {
            double v0 = get(right0 + s);
            double v1 = get(right1 + s);
            double u0 = get(left0 + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            t0 += u0;
            double u1 = get(left1 + s);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            t1 += u1;
            double u2 = get(left2 + s);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            t2 += u2;
        }
        set(z, s00);
        set(z + columnStep, s01);
        set(z + rowStep, s10);
        set(z + rowStep + columnStep, s11);
        set(z + 2 * rowStep, s20);
        set(z + 2 * rowStep + columnStep, s21);
        if (sums != 0) {
            set(sums, t0);
            set(sums + 1, t1);
            set(sums + 2, t2);
        }
    }

    private static void threeByThree(long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int samples, long sums) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        long left0 = start(u);
        long left1 = start(u + i1 * uStep);
        long left2 = start(u + i2 * uStep);
        long right0 = start(v);
        long right1 = start(v + vStep);
        long right2 = start(v + 2 * vStep);
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s20 = 0;
        double s21 = 0;
        double s22 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        for (int s = 0; s < samples; s++) {
            double v0 = get(right0 + s);
            double v1 = get(right1 + s);
            double v2 = get(right2 + s);
            double u0 = get(left0 + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            s02 = multiplyAdd(u0, v2, s02);
            t0 += u0;
            double u1 = get(left1 + s);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            s12 = multiplyAdd(u1, v2, s12);
            t1 += u1;
            double u2 = get(left2 + s);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            s22 = multiplyAdd(u2, v2, s22);
            t2 += u2;
        }
        set(z, s00);
        set(z + columnStep, s01);
        set(z + 2 * columnStep, s02);
        set(z + i1 * rowStep, s10);
        set(z + i1 * rowStep + columnStep, s11);
        set(z + i1 * rowStep + 2 * columnStep, s12);
        set(z + i2 * rowStep, s20);
        set(z + i2 * rowStep + columnStep, s21);
        set(z + i2 * rowStep + 2 * columnStep, s22);
        if (sums != 0) {
            set(sums, t0);
            set(sums + i1, t1);
            set(sums + i2, t2);
        }
    }

    private static void fourByTwo(long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int samples, long sums) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = Math.min(3, rows - 1);
        long left0 = start(u);
        long left1 = start(u + i1 * uStep);
        long left2 = start(u + i2 * uStep);
        long left3 = start(u + i3 * uStep);
        long right0 = start(v);
        long right1 = start(v + vStep);
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        double s20 = 0;
        double s21 = 0;
        double s30 = 0;
        double s31 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        for (int s = 0; s < samples; s++) {
            double v0 = get(right0 + s);
            double v1 = get(right1 + s);
            double u0 = get(left0 + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            t0 += u0;
            double u1 = get(left1 + s);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            t1 += u1;
            double u2 = get(left2 + s);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            t2 += u2;
            double u3 = get(left3 + s);
            s30 = multiplyAdd(u3, v0, s30);
            s31 = multiplyAdd(u3, v1, s31);
            t3 += u3;
        }
        set(z, s00);
        set(z + columnStep, s01);
        set(z + i1 * rowStep, s10);
        set(z + i1 * rowStep + columnStep, s11);
        set(z + i2 * rowStep, s20);
        set(z + i2 * rowStep + columnStep, s21);
        set(z + i3 * rowStep, s30);
        set(z + i3 * rowStep + columnStep, s31);
        if (sums != 0) {
            set(sums, t0);
            set(sums + i1, t1);
            set(sums + i2, t2);
            set(sums + i3, t3);
        }
    }
}
