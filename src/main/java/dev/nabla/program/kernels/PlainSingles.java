package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

/** Of single precision in plain Java. */
final class PlainSingles implements SingleMatrices {

    private static final boolean FUSED = Hardware.FOUND != Hardware.NO_MULTIPLY_ADD;

    @Override
    public void product(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = SingleMatrices.first(start, bias + i, z + i * zStep + j);
                int k = 0;
                do {
                    int terms = Math.min(TERMS, inner - k);
                    sum += sum(a + i * rowStep + k * columnStep, columnStep, x + k * xStep + j * xColumnStep, xStep, terms);
                    k += terms;
                } while (k < inner);
                set(z + i * zStep + j, sum);
            }
        }
    }

    private static float sum(long a, long aStep, long x, long xStep, int terms) {
        float sum = 0;
        for (int k = 0; k < terms; k++) {
            float factor = (float) get(a + k * aStep);
            float other = (float) get(x + k * xStep);
            sum = FUSED ? Math.fma(factor, other, sum) : factor * other + sum;
        }
        return sum;
    }
}
