package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NewtonTest {

    private static final NewtonSettings SETTINGS = new NewtonSettings(1, 100, 1e-12);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** A value, a gradient and a Hessian, written out. */
    private record Written(ToDouble value, ToVector gradient, ToMatrix hessian) implements TwiceDifferentiableFunction {

        interface ToDouble {
            double of(double[] x);
        }

        interface ToVector {
            double[] of(double[] x);
        }

        interface ToMatrix {
            double[][] of(double[] x);
        }

        @Override
        public double at(double[] point, double[] gradientThere) {
            System.arraycopy(gradient.of(point), 0, gradientThere, 0, point.length);
            return value.of(point);
        }

        @Override
        public Hessian hessian(double[] point) {
            double[][] matrix = hessian.of(point);
            return (vector, product) -> Arrays.setAll(product, i -> DifferentiableFunction.dot(matrix[i], vector));
        }
    }

    private static final Written VALLEY = new Written(
            x -> 100 * Math.pow(x[1] - x[0] * x[0], 2) + Math.pow(1 - x[0], 2),
            x -> new double[] {-400 * (x[1] - x[0] * x[0]) * x[0] - 2 * (1 - x[0]), 200 * (x[1] - x[0] * x[0])},
            x -> new double[][] {{1200 * x[0] * x[0] - 400 * x[1] + 2, -400 * x[0]}, {-400 * x[0], 200}});

    private static int iterations(Newton newton, int most) {
        int iterations = 0;
        while (iterations < most && !newton.isAtMinimum(1e-12) && newton.iterate()) {
            iterations++;
        }
        return iterations;
    }

    /** From where the gradient is so small that nothing of it is left to conjugate gradients. */
    @Test
    void aQuadraticIsMinimizedInOneStep() {
        int size = 8;
        double[] scales = random.doubles(size, 0.5, 3).toArray();
        double[] minimum = random.doubles(size, -1e-24, 1e-24).toArray();
        var quadratic = new Written(x -> {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += scales[i] * (x[i] - minimum[i]) * (x[i] - minimum[i]) / 2;
            }
            return sum;
        }, x -> {
            double[] gradient = new double[size];
            Arrays.setAll(gradient, i -> scales[i] * (x[i] - minimum[i]));
            return gradient;
        }, _ -> {
            double[][] matrix = new double[size][size];
            for (int i = 0; i < size; i++) {
                matrix[i][i] = scales[i];
            }
            return matrix;
        });
        var newton = new Newton(new NewtonSettings(1, size, 0), quadratic, new double[size]);
        double before = newton.gradientNorm();
        assertThat(newton.iterate()).isTrue();
        assertThat(newton.gradientNorm()).as("seed %d", seed).isLessThan(1e-8 * before);
    }

    @Test
    void findsTheMinimumOfRosenbrocksValleyFromAnywhere() {
        for (int round = 0; round < 100; round++) {
            double[] start = random.doubles(2, -3, 3).toArray();
            var newton = new Newton(SETTINGS, VALLEY, start);
            int iterations = iterations(newton, 100);
            assertThat(newton.point()).as("from %s after %d iterations, seed %d", Arrays.toString(start), iterations, seed)
                    .containsExactly(new double[] {1, 1}, within(1e-9));
        }
    }

    @Test
    void noIterationRaisesTheValueBeyondRounding() {
        var newton = new Newton(SETTINGS, VALLEY, new double[] {-1.2, 1});
        double before = newton.value();
        while (!newton.isAtMinimum(1e-12) && newton.iterate()) {
            assertThat(newton.value()).isLessThanOrEqualTo(before + 1e-14 * before);
            before = newton.value();
        }
        assertThat(newton.isAtMinimum(1e-12)).isTrue();
    }

    /** x² − y² + y⁴ / 4 has a saddle at 0 and its minima at y = ±√2, where it is −1. */
    @Test
    void leavesASaddle() {
        var saddle = new Written(x -> x[0] * x[0] - x[1] * x[1] + Math.pow(x[1], 4) / 4,
                x -> new double[] {2 * x[0], -2 * x[1] + Math.pow(x[1], 3)},
                x -> new double[][] {{2, 0}, {0, -2 + 3 * x[1] * x[1]}});
        var newton = new Newton(SETTINGS, saddle, new double[] {1, 1e-6});
        iterations(newton, 40);
        assertThat(newton.value()).isCloseTo(-1, within(1e-12));
        assertThat(Math.abs(newton.point()[1])).isCloseTo(Math.sqrt(2), within(1e-9));
    }

    /** With 1e6 added, the values tell nothing of the last six digits of a point; the gradients do. */
    @Test
    void whereValuesCannotTellTheGradientsDo() {
        var raised = new Written(x -> 1e6 + VALLEY.value().of(x), VALLEY.gradient(), VALLEY.hessian());
        var newton = new Newton(SETTINGS, raised, new double[] {-1.2, 1});
        iterations(newton, 100);
        assertThat(newton.isAtMinimum(1e-12)).isTrue();
    }

    @Test
    void theTrustRadiusGrowsWhereStepsDoWhatWasToldAndShrinksWhereNot() {
        var bowl = new Written(x -> x[0] * x[0] / 2, x -> new double[] {x[0]}, _ -> new double[][] {{1}});
        var far = new Newton(SETTINGS, bowl, new double[] {100});
        assertThat(far.trustRadius()).isEqualTo(1);
        assertThat(far.iterate()).isTrue();
        assertThat(far.point()[0]).isEqualTo(99);
        assertThat(far.trustRadius()).isEqualTo(2);
        var wall = new Written(x -> x[0] < 99.9 ? Double.NaN : x[0] * x[0] / 2, bowl.gradient(), bowl.hessian());
        var near = new Newton(SETTINGS, wall, new double[] {100});
        assertThat(near.iterate()).isTrue();
        assertThat(near.point()[0]).isEqualTo(100 - 1.0 / 16);
        assertThat(near.trustRadius()).isEqualTo(1.0 / 8);
    }

    /** x²/2 + 1 at 1: of steps below 1e-16 the values tell nothing. */
    @Test
    void aTrustRadiusThatIsTooSmallToTellAnythingGrows() {
        var bowl = new Written(x -> x[0] * x[0] / 2 + 1, x -> new double[] {x[0]}, _ -> new double[][] {{1}});
        for (double radius : new double[] {1e-20, 1e-300, Double.MIN_VALUE}) {
            var newton = new Newton(new NewtonSettings(radius, 100, 1e-9), bowl, new double[] {1});
            assertThat(iterations(newton, 100)).isLessThan(60);
            assertThat(newton.isAtMinimum(1e-12)).isTrue();
        }
    }

    /** log x at 1, and x at 0. */
    @Test
    void atAValueOfZeroTheTrustRadiusGrowsToo() {
        var logarithm = new Written(x -> Math.log(x[0]), x -> new double[] {1 / x[0]}, x -> new double[][] {{-1 / (x[0] * x[0])}});
        var identity = new Written(x -> x[0], _ -> new double[] {1}, _ -> new double[][] {{0}});
        for (double radius : new double[] {1e-20, 1e-300, Double.MIN_VALUE}) {
            var ofLogarithm = new Newton(new NewtonSettings(radius, 100, 0), logarithm, new double[] {1});
            assertThat(iterations(ofLogarithm, 100)).isEqualTo(100);
            assertThat(ofLogarithm.value()).isLessThan(-1);
            var ofIdentity = new Newton(new NewtonSettings(radius, 100, 0), identity, new double[] {0});
            assertThat(iterations(ofIdentity, 1000)).isGreaterThan(500);
            assertThat(ofIdentity.value()).isLessThan(-1);
        }
    }

    /** Whose square is no double, of (x² / 2)² from 1e45 on. */
    @Test
    void gradientsOfAnySizeAreFollowed() {
        var quartic = new Written(x -> Math.pow(x[0], 4) / 4, x -> new double[] {Math.pow(x[0], 3)},
                x -> new double[][] {{3 * x[0] * x[0]}});
        var newton = new Newton(new NewtonSettings(1, 100, 0), quartic, new double[] {1e45});
        assertThat(newton.iterate()).isTrue();
        assertThat(newton.value()).isLessThan(1e180 / 4);
    }

    @Test
    void stepsEndBeforeWhatHasNoFiniteGradient() {
        var root = new Written(x -> Math.sqrt(Math.abs(x[0])), x -> new double[] {Math.signum(x[0]) / 2 / Math.sqrt(Math.abs(x[0]))},
                x -> new double[][] {{-0.25 * Math.pow(Math.abs(x[0]), -1.5)}});
        var newton = new Newton(SETTINGS, root, new double[] {1});
        assertThat(newton.iterate()).isTrue();
        assertThat(newton.gradientNorm()).isFinite();
    }

    @Test
    void saysWhenNothingIsLowerAndStaysWhereItIs() {
        var wrong = new Written(x -> x[0] * x[0], _ -> new double[] {-1}, _ -> new double[][] {{2}});
        var newton = new Newton(SETTINGS, wrong, new double[] {0});
        assertThat(newton.iterate()).isFalse();
        assertThat(newton.point()).containsExactly(0);
        assertThat(newton.trustRadius()).isEqualTo(1);
    }

    /** By differences of the gradient by u, of bounds on both sides, on either, and on none. */
    @Test
    void theHessianByVariablesWithinBoundsIsThatOfTheirFunction() {
        var variables = new BoundedVariables(List.of(new Bound(0, 1, -1, 2), new Bound(1, 2, 0.5, Double.POSITIVE_INFINITY),
                new Bound(2, 3, Double.NEGATIVE_INFINITY, -0.25)));
        var function = new Written(x -> Math.sin(x[0]) * x[1] * x[1] + x[2] * x[3] + Math.exp(x[2]) * x[0],
                x -> new double[] {Math.cos(x[0]) * x[1] * x[1] + Math.exp(x[2]), 2 * Math.sin(x[0]) * x[1],
                    x[3] + Math.exp(x[2]) * x[0], x[2]},
                x -> new double[][] {{-Math.sin(x[0]) * x[1] * x[1], 2 * Math.cos(x[0]) * x[1], Math.exp(x[2]), 0},
                    {2 * Math.cos(x[0]) * x[1], 2 * Math.sin(x[0]), 0, 0}, {Math.exp(x[2]), 0, Math.exp(x[2]) * x[0], 1}, {0, 0, 1, 0}});
        TwiceDifferentiableFunction inner = variables.of(function);
        for (int round = 0; round < 100; round++) {
            double[] point = random.doubles(4, -1.5, 1.5).toArray();
            double[] vector = random.doubles(4, -1, 1).toArray();
            double[] product = new double[4];
            inner.hessian(point).times(vector, product);
            double[][] gradients = new double[2][4];
            for (int side = 0; side < 2; side++) {
                double[] beside = point.clone();
                for (int i = 0; i < 4; i++) {
                    beside[i] += (side == 0 ? 1e-5 : -1e-5) * vector[i];
                }
                inner.at(beside, gradients[side]);
            }
            for (int i = 0; i < 4; i++) {
                assertThat(product[i]).as("entry %d, seed %d", i, seed)
                        .isCloseTo((gradients[0][i] - gradients[1][i]) / 2e-5, within(1e-7));
            }
        }
    }
}
