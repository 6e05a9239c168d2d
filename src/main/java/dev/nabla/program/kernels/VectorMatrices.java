package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;

import java.lang.foreign.MemorySegment;

/** The kernels with the Vector API. */
final class VectorMatrices implements MatrixKernels {

    @Override
    public void product(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i += 4) {
            int height = Math.min(4, rows - i);
            int width;
            for (int c = 0; c < columns; c += width) {
                width = width(columns - c, 2 * LENGTH);
                ProductTiles.fourByTwo(memory, start, bias + i, a + i * rowStep, rowStep, columnStep, x + c, xStep,
                        z + i * zStep + c, zStep, height, inner, width);
            }
        }
    }

    private static int width(int remaining, int most) {
        return remaining <= most ? remaining : remaining < most + LENGTH ? most - LENGTH : most;
    }
}
