package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Sums over samples in plain loops, several at once, because each addition waits for the one before it. At an edge, the
 * last row stands in for those that are missing.
 */
final class Sums {

    private static final boolean FUSED = Hardware.FOUND != Hardware.NO_MULTIPLY_ADD;

    private Sums() {
    }

    static double multiplyAdd(double a, double b, double c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    static void ofSamples(MemorySegment memory, long x, long xStep, long z, int rows, int samples) {
        for (int i = 0; i < rows; i += 4) {
            int i1 = Math.min(i + 1, rows - 1);
            int i2 = Math.min(i + 2, rows - 1);
            int i3 = Math.min(i + 3, rows - 1);
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int s = 0; s < samples; s++) {
                s0 += get(memory, x + i * xStep + s);
                s1 += get(memory, x + i1 * xStep + s);
                s2 += get(memory, x + i2 * xStep + s);
                s3 += get(memory, x + i3 * xStep + s);
            }
            set(memory, z + i, s0);
            set(memory, z + i1, s1);
            set(memory, z + i2, s2);
            set(memory, z + i3, s3);
        }
    }

    /** Z = U Vᵀ, with any step from an element of Z to the next in its row, so that U and V can be exchanged. */
    static void ofOuterProducts(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples) {
        for (int i = 0; i < rows; i += 4) {
            int height = Math.min(4, rows - i);
            for (int j = 0; j < columns; j += 2) {
                fourByTwo(memory, u + i * uStep, uStep, v + j * vStep, vStep, z + i * rowStep + j * columnStep, rowStep,
                        columnStep, height, Math.min(2, columns - j), samples);
            }
        }
    }

    private static void fourByTwo(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = rows - 1;
        int j1 = columns - 1;
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        double s20 = 0;
        double s21 = 0;
        double s30 = 0;
        double s31 = 0;
        for (int s = 0; s < samples; s++) {
            double v0 = get(memory, v + s);
            double v1 = get(memory, v + j1 * vStep + s);
            double u0 = get(memory, u + s);
            double u1 = get(memory, u + i1 * uStep + s);
            double u2 = get(memory, u + i2 * uStep + s);
            double u3 = get(memory, u + i3 * uStep + s);
            s00 = multiplyAdd(u0, v0, s00);
            s01 = multiplyAdd(u0, v1, s01);
            s10 = multiplyAdd(u1, v0, s10);
            s11 = multiplyAdd(u1, v1, s11);
            s20 = multiplyAdd(u2, v0, s20);
            s21 = multiplyAdd(u2, v1, s21);
            s30 = multiplyAdd(u3, v0, s30);
            s31 = multiplyAdd(u3, v1, s31);
        }
        set(memory, z, s00);
        set(memory, z + j1 * columnStep, s01);
        set(memory, z + i1 * rowStep, s10);
        set(memory, z + i1 * rowStep + j1 * columnStep, s11);
        set(memory, z + i2 * rowStep, s20);
        set(memory, z + i2 * rowStep + j1 * columnStep, s21);
        set(memory, z + i3 * rowStep, s30);
        set(memory, z + i3 * rowStep + j1 * columnStep, s31);
    }

    private static double get(MemorySegment memory, long offset) {
        return memory.getAtIndex(JAVA_DOUBLE, offset);
    }

    private static void set(MemorySegment memory, long offset, double value) {
        memory.setAtIndex(JAVA_DOUBLE, offset, value);
    }
}
