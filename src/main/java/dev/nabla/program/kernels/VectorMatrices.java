package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;

import java.lang.foreign.MemorySegment;

/** The kernels with the Vector API. */
final class VectorMatrices implements MatrixKernels {

    @Override
    public void product(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        long ab = a << 3, xb = x << 3, zb = z << 3, bb = bias << 3;
        long rowb = rowStep << 3, colb = columnStep << 3, xs = xStep << 3, zs = zStep << 3;
        if (columns < LENGTH) {
            NarrowTiles.fourByOne(memory, start, bb, ab, rowb, colb, xb, xs, zb, zs, rows, inner, columns);
            return;
        }
        int width;
        if (rows == 1) {
            for (int c = 0; c < columns; c += width) {
                width = width(columns - c, 4 * LENGTH);
                RowTiles.oneByFour(memory, start, bb, ab, colb, xb + 8L*c, xs, zb + 8L*c, inner, width);
            }
            return;
        }
        for (int k = 0; k < inner; k += KC) {
          int depth = Math.min(KC, inner - k);
          Start from = k == 0 ? start : Start.TARGET;
          for (int i = 0; i < rows; i += RB) {
            int height = Math.min(RB, rows - i);
            for (int c = 0; c < columns; c += width) {
              width = width(columns - c, 2 * LENGTH);
              ProductTiles.fourByTwo(memory, from, bb + 8L*i, ab + i * rowb + k * colb, rowb, colb, xb + 8L*c + k * xs, xs, zb + i * zs + 8L*c, zs, height, depth,
                    width);
            }
          }
        }
    }
    static final int KC = Integer.getInteger("KC", 1<<20), RB = Integer.getInteger("RB", 1<<20);

    private static int width(int remaining, int most) {
        return remaining <= most ? remaining : remaining < most + LENGTH ? most - LENGTH : most;
    }
}
