package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Sums.multiplyAdd;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * U Vᵀ for a V of few rows, in plain loops: tiles of several sums, as each addition to a sum waits for the one before it,
 * but no larger ones than C1 compiles. The sums of the rows of U cost nothing beside that. At an edge, the last row or
 * column stands in for those that are missing.
 */
final class NarrowOuterSums {

    private NarrowOuterSums() {
    }

    /**
     * @param rowStep leads from one row of the result to the next
     * @param columnStep leads from one column of the result to the next
     * @param sums where the sums of the rows of U go, 0 if they are not wanted
     */
    static void compute(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples, long sums) {
        int width;
        for (int j = 0; j < columns; j += width) {
            width = columns - j == 3 || columns - j > 4 ? 3 : Math.min(2, columns - j);
            int mostRows = width == 3 ? 3 : 4;
            for (int i = 0; i < rows; i += mostRows) {
                int height = Math.min(mostRows, rows - i);
                long tile = z + i * rowStep + j * columnStep;
                long sumsOfTile = sums == 0 ? 0 : sums + i;
                if (width == 3) {
                    threeByThree(memory, u + i * uStep, uStep, v + j * vStep, vStep, tile, rowStep, columnStep, height,
                            width, samples, sumsOfTile);
                } else {
                    fourByTwo(memory, u + i * uStep, uStep, v + j * vStep, vStep, tile, rowStep, columnStep, height, width,
                            samples, sumsOfTile);
                }
            }
        }
    }

    private static void threeByThree(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples, long sums) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int j1 = Math.min(1, columns - 1);
        int j2 = Math.min(2, columns - 1);
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
            double v0 = get(memory, v + s);
            double v1 = get(memory, v + j1 * vStep + s);
            double v2 = get(memory, v + j2 * vStep + s);
            double u0 = get(memory, u + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            s02 = multiplyAdd(u0, v2, s02);
            t0 += u0;
            double u1 = get(memory, u + i1 * uStep + s);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            s12 = multiplyAdd(u1, v2, s12);
            t1 += u1;
            double u2 = get(memory, u + i2 * uStep + s);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            s22 = multiplyAdd(u2, v2, s22);
            t2 += u2;
        }
        set(memory, z, s00);
        set(memory, z + j1 * columnStep, s01);
        set(memory, z + j2 * columnStep, s02);
        set(memory, z + i1 * rowStep, s10);
        set(memory, z + i1 * rowStep + j1 * columnStep, s11);
        set(memory, z + i1 * rowStep + j2 * columnStep, s12);
        set(memory, z + i2 * rowStep, s20);
        set(memory, z + i2 * rowStep + j1 * columnStep, s21);
        set(memory, z + i2 * rowStep + j2 * columnStep, s22);
        if (sums != 0) {
            set(memory, sums, t0);
            set(memory, sums + i1, t1);
            set(memory, sums + i2, t2);
        }
    }

    private static void fourByTwo(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples, long sums) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = Math.min(3, rows - 1);
        int j1 = Math.min(1, columns - 1);
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
            double v0 = get(memory, v + s);
            double v1 = get(memory, v + j1 * vStep + s);
            double u0 = get(memory, u + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            t0 += u0;
            double u1 = get(memory, u + i1 * uStep + s);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            t1 += u1;
            double u2 = get(memory, u + i2 * uStep + s);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            t2 += u2;
            double u3 = get(memory, u + i3 * uStep + s);
            s30 = multiplyAdd(u3, v0, s30);
            s31 = multiplyAdd(u3, v1, s31);
            t3 += u3;
        }
        set(memory, z, s00);
        set(memory, z + j1 * columnStep, s01);
        set(memory, z + i1 * rowStep, s10);
        set(memory, z + i1 * rowStep + j1 * columnStep, s11);
        set(memory, z + i2 * rowStep, s20);
        set(memory, z + i2 * rowStep + j1 * columnStep, s21);
        set(memory, z + i3 * rowStep, s30);
        set(memory, z + i3 * rowStep + j1 * columnStep, s31);
        if (sums != 0) {
            set(memory, sums, t0);
            set(memory, sums + i1, t1);
            set(memory, sums + i2, t2);
            set(memory, sums + i3, t3);
        }
    }

    private static double get(MemorySegment memory, long offset) {
        return memory.getAtIndex(JAVA_DOUBLE, offset);
    }

    private static void set(MemorySegment memory, long offset, double value) {
        memory.setAtIndex(JAVA_DOUBLE, offset, value);
    }
}
