package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.BinaryFunction;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntrywiseKernelsTest {

    private static final int LONGEST = 40;
    private static final double CANARY = 12345.5;
    private static final double C = -1.25;
    private static final double D = 0.75;
    private static final double E = 3.5;

    private final Arena arena = Arena.ofConfined();
    private final long x = run();
    private final long y = run();
    private final long w = run();
    private final long z = run();

    @AfterEach
    void free() {
        arena.close();
    }

    private long run() {
        return arena.allocate((LONGEST + 2) * 8L, 64).address() / 8 + 1;
    }

    /** Each kernel, with what it must give for one entry. */
    enum Kernel {
        FILL {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.fill(C, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C;
            }
        },
        COPY {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.copy(x, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return x;
            }
        },
        LINEAR {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.linear(C, x, D, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x + D;
            }
        },
        LINEAR_OF_TWO {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.linear(C, x, E, y, D, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x + E * y + D;
            }
        },
        PRODUCT {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.product(C, x, y, D, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x * y + D;
            }
        },
        PRODUCT_PLUS {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.product(C, x, y, E, w, D, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x * y + E * w + D;
            }
        },
        LINEAR_TIMES {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.linearTimes(C, x, D, w, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return (C * x + D) * w;
            }
        },
        PRODUCT_TIMES {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.productTimes(C, x, y, D, w, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return (C * x * y + D) * w;
            }
        },
        MIN {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.min(x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return Math.min(x, y);
            }
        },
        MAX {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.max(x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return Math.max(x, y);
            }
        },
        LESS {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.less(x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return BinaryFunction.LESS.value(x, y);
            }
        },
        LESS_OR_EQUAL {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.lessOrEqual(x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return BinaryFunction.LESS_EQUAL.value(x, y);
            }
        },
        EQUAL {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.equal(x, y, 1, 0, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return BinaryFunction.EQUAL.value(x, y);
            }
        },
        NOT_EQUAL {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.equal(x, y, 0, 1, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return BinaryFunction.NOT_EQUAL.value(x, y);
            }
        },
        SELECT {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.select(w, x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return w == 0 ? y : Double.isNaN(w) ? w : x;
            }
        },
        QUOTIENT {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.quotient(C, x, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x / y;
            }
        },
        DIVIDED {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.divided(C, x, E, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x / E;
            }
        },
        DIVIDED_TIMES {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.dividedTimes(C, x, E, w, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C * x / E * w;
            }
        },
        RECIPROCAL {
            @Override
            void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count) {
                kernels.reciprocal(C, y, z, count);
            }

            @Override
            double expected(double x, double y, double w) {
                return C / y;
            }
        };

        abstract void apply(EntrywiseKernels kernels, long x, long y, long w, long z, int count);

        abstract double expected(double x, double y, double w);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameBitsWithAndWithoutVectorsAndTouchesNothingElse(Kernel kernel) {
        var random = new Random(1);
        for (int count = 1; count <= LONGEST; count++) {
            fill(random);
            for (EntrywiseKernels kernels : new EntrywiseKernels[] {new VectorEntrywise(), new PlainEntrywise()}) {
                for (int i = -1; i <= LONGEST; i++) {
                    set(z + i, CANARY);
                }
                kernel.apply(kernels, x, y, w, z, count);
                for (int i = -1; i <= LONGEST; i++) {
                    assertThat(get(z + i)).as("%s, entry %d of %d", kernels.getClass().getSimpleName(), i, count)
                            .isEqualTo(i < 0 || i >= count ? CANARY
                                    : kernel.expected(get(x + i), get(y + i), get(w + i)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mayWriteWhereItReads(Kernel kernel) {
        fill(new Random(2));
        double[] expected = new double[LONGEST];
        for (int i = 0; i < LONGEST; i++) {
            expected[i] = kernel.expected(get(x + i), get(x + i), get(x + i));
        }
        kernel.apply(EntrywiseKernels.best(), x, x, x, x, LONGEST);
        for (int i = 0; i < LONGEST; i++) {
            assertThat(get(x + i)).isEqualTo(expected[i]);
        }
    }

    /** By the formulas of the paper: θ₁ for m₀ = v₀ = 0 is θ₀ − η g / (|g| + ε). */
    @Test
    void theFirstStepOfAdamIsOneLearningRateLong() {
        for (EntrywiseKernels kernels : new EntrywiseKernels[] {new VectorEntrywise(), new PlainEntrywise()}) {
            fill(new Random(3));
            double[] theta = new double[LONGEST];
            for (int i = 0; i < LONGEST; i++) {
                theta[i] = get(x + i);
                set(w + i, 0);
                set(z + i, 0);
            }
            double root = Math.sqrt(1 - 0.999);
            kernels.adam(x, y, w, z, LONGEST, 0.9, 0.999, 0.01 * root / (1 - 0.9), 1e-8 * root);
            for (int i = 0; i < LONGEST; i++) {
                double g = get(y + i);
                assertThat(get(x + i)).isCloseTo(theta[i] - 0.01 * g / (Math.abs(g) + 1e-8), within(1e-15));
                assertThat(get(w + i)).isCloseTo(0.1 * g, within(1e-15));
                assertThat(get(z + i)).isCloseTo(0.001 * g * g, within(1e-15));
            }
        }
    }

    private void fill(Random random) {
        for (int i = 0; i < LONGEST; i++) {
            set(x + i, random.nextDouble(-2, 2));
            set(y + i, random.nextDouble(0.5, 2));
            set(w + i, random.nextDouble(-2, 2));
        }
    }
}
