package dev.nabla.program.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Products and sums of matrices of doubles in off-heap memory. Offsets, steps and sizes are counted in doubles; a row's
 * elements lie next to each other except where a step says otherwise. Nothing outside of the matrices is read or
 * written, and nothing is allocated.
 *
 * <p>Each element of a result is computed by a sequence of operations that is the same with vectors of any width and in
 * plain loops, and in whichever rows and columns of a matrix the call is asked for: so threads may share the rows or
 * columns of one result. Where there is a fused multiply-add it is used throughout.
 */
public sealed interface MatrixKernels permits VectorMatrices, PlainMatrices {

    /** What a product is added to. */
    enum Start {
        ZERO,
        /** One number for each row. */
        BIAS,
        /** What stands in the target. */
        TARGET
    }

    /** How many doubles the methods that take a scratch area need of it for {@code columns} of {@code samples}. */
    static long scratch(int columns, int samples) {
        return 64 + (columns + 7L & -8) * (samples + 7L & -8) + 16;
    }

    /**
     * Z = S + A X, where S is according to {@code start}: 0, or the number at bias + i for the row i, or Z itself. A of
     * rows × inner has the element i, k at a + i · rowStep + k · columnStep, so that a transposed matrix needs no copy;
     * X is of inner × columns, Z of rows × columns, and Z overlaps neither A nor X. The products are added to S one by
     * one, in the order of k.
     */
    void product(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long z, long zStep, int rows, int inner, int columns);

    /** The fastest kernels for this machine and Java runtime. */
    static MatrixKernels best() {
        return switch (Hardware.FOUND) {
            case WIDE -> new VectorMatrices();
            case NONE, NO_MULTIPLY_ADD -> new PlainMatrices();
        };
    }
}
