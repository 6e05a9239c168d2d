package dev.nabla.program.kernels;

import dev.nabla.program.kernels.FloatKernels.Kinds;
/** Of single precision in plain Java. */
final class PlainSingles implements SingleMatrices {

    private static final boolean FUSED = Hardware.FOUND != Hardware.NO_MULTIPLY_ADD;

    @Override
    public boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long xColumnStep, long z, long zStep, int rows, int inner, int columns) {
        boolean isComputed = true;
        for (int k = 0; k == 0 || k < inner; k += TERMS) {
            int terms = Math.min(TERMS, inner - k);
            for (int j = 0; j < columns; j += COLUMNS) {
                for (int i = 0; i < rows; i += HEIGHT) {
                    isComputed &= block(kinds, k == 0 ? start : Start.TARGET, bias + i, a + i * rowStep + k * columnStep, rowStep,
                            columnStep, x + k * xStep + j * xColumnStep, xStep, xColumnStep, z + i * zStep + j, zStep,
                            Math.min(HEIGHT, rows - i), terms, Math.min(COLUMNS, columns - j));
                }
            }
        }
        return isComputed;
    }

    private static boolean block(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long xColumnStep, long z, long zStep, int rows, int terms, int columns) {
        if (!kinds.areInRange(largest(kinds.a(), a, rowStep, rows, columnStep, terms),
                largest(kinds.x(), x, xStep, terms, xColumnStep, columns))) {
            if (kinds.haveFloats()) {
                return false;
            }
            Sums.ofProducts(start, bias, a, rowStep, columnStep, x, xStep, xColumnStep, z, zStep, 1, rows, terms, columns);
            return true;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                boolean isFloat = kinds.z() == Numbers.FLOATS;
                float sum = isFloat && start == Start.BIAS ? (float) Doubles.get(bias + i) : 0;
                for (int k = 0; k < terms; k++) {
                    float factor = (float) kinds.a().get(a + i * rowStep + k * columnStep);
                    float other = (float) kinds.x().get(x + k * xStep + j * xColumnStep);
                    sum = FUSED ? Math.fma(factor, other, sum) : factor * other + sum;
                }
                long target = z + i * zStep + j;
                if (isFloat) {
                    PlainFloats.set(target, start == Start.TARGET ? sum + PlainFloats.get(target) : sum);
                } else {
                    Doubles.set(target, SingleMatrices.first(start, bias + i, target) + sum);
                }
            }
        }
        return true;
    }

    private static float largest(Numbers numbers, long first, long step, int runs, long stepInRun, int count) {
        float largest = 0;
        for (int i = 0; i < runs; i++) {
            for (int j = 0; j < count; j++) {
                largest = Math.max(largest, Math.abs((float) numbers.get(first + i * step + j * stepInRun)));
            }
        }
        return largest;
    }
}
