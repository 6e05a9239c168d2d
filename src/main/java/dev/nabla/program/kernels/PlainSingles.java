package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

/** Of single precision in plain Java. */
final class PlainSingles implements SingleMatrices {

    private static final boolean FUSED = Hardware.FOUND != Hardware.NO_MULTIPLY_ADD;

    @Override
    public void product(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns) {
        for (int k = 0; k == 0 || k < inner; k += TERMS) {
            int terms = Math.min(TERMS, inner - k);
            for (int j = 0; j < columns; j += COLUMNS) {
                for (int i = 0; i < rows; i += HEIGHT) {
                    block(k == 0 ? start : Start.TARGET, bias + i, a + i * rowStep + k * columnStep, rowStep, columnStep,
                            x + k * xStep + j * xColumnStep, xStep, xColumnStep, z + i * zStep + j, zStep, Math.min(HEIGHT, rows - i),
                            terms, Math.min(COLUMNS, columns - j));
                }
            }
        }
    }

    private static void block(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int terms, int columns) {
        if (!SingleMatrices.areInRange(largest(a, rowStep, rows, columnStep, terms), largest(x, xStep, terms, xColumnStep, columns))) {
            Sums.ofProducts(start, bias, a, rowStep, columnStep, x, xStep, xColumnStep, z, zStep, 1, rows, terms, columns);
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float sum = 0;
                for (int k = 0; k < terms; k++) {
                    float factor = (float) get(a + i * rowStep + k * columnStep);
                    float other = (float) get(x + k * xStep + j * xColumnStep);
                    sum = FUSED ? Math.fma(factor, other, sum) : factor * other + sum;
                }
                long target = z + i * zStep + j;
                set(target, SingleMatrices.first(start, bias + i, target) + sum);
            }
        }
    }

    private static float largest(long first, long step, int runs, long stepInRun, int count) {
        float largest = 0;
        for (int i = 0; i < runs; i++) {
            for (int j = 0; j < count; j++) {
                largest = Math.max(largest, Math.abs((float) get(first + i * step + j * stepInRun)));
            }
        }
        return largest;
    }
}
