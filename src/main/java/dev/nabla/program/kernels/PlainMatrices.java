package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** The kernels in plain Java, for machines and runtimes without vectors. */
final class PlainMatrices implements MatrixKernels {

    @Override
    public void product(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i++) {
            long row = z + i * zStep;
            if (start != Start.TARGET) {
                fill(memory, row, start == Start.BIAS ? get(memory, bias + i) : 0, columns);
            }
            for (int k = 0; k < inner; k++) {
                addMultiple(memory, get(memory, a + i * rowStep + k * columnStep), x + k * xStep, row, columns);
            }
        }
    }

    @Override
    public void outerSum(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long zStep, int rows,
            int columns, int samples, long scratch) {
        Sums.ofOuterProducts(memory, u, uStep, v, vStep, z, zStep, 1, rows, columns, samples);
    }

    private static void fill(MemorySegment memory, long target, double value, int count) {
        for (int i = 0; i < count; i++) {
            set(memory, target + i, value);
        }
    }

    private static void addMultiple(MemorySegment memory, double factor, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(memory, target + i, Sums.multiplyAdd(factor, get(memory, source + i), get(memory, target + i)));
        }
    }

    private static double get(MemorySegment memory, long offset) {
        return memory.getAtIndex(JAVA_DOUBLE, offset);
    }

    private static void set(MemorySegment memory, long offset, double value) {
        memory.setAtIndex(JAVA_DOUBLE, offset, value);
    }
}
