package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuasiNewtonTest {

    private static final LbfgsSettings SETTINGS = new LbfgsSettings(10, 1e-12);

    static List<QuasiNewtonSettings> methods() {
        return List.of(SETTINGS, new SelfScaledBroydenSettings(1e-12));
    }

    /** (x − c)ᵀ A (x − c) / 2 with A = BᵀB + I / 10. */
    private record Quadratic(double[][] b, double[] minimum) implements DifferentiableFunction {

        static Quadratic random(int size, long seed) {
            var random = new Random(seed);
            double[][] b = new double[size][];
            for (int i = 0; i < size; i++) {
                b[i] = random.doubles(size, -1, 1).toArray();
            }
            return new Quadratic(b, random.doubles(size, -5, 5).toArray());
        }

        @Override
        public double at(double[] point, double[] gradient) {
            int n = point.length;
            double value = 0;
            for (int k = 0; k < n; k++) {
                gradient[k] = 0.1 * (point[k] - minimum[k]);
                value += 0.05 * (point[k] - minimum[k]) * (point[k] - minimum[k]);
            }
            for (double[] row : b) {
                double product = 0;
                for (int k = 0; k < n; k++) {
                    product += row[k] * (point[k] - minimum[k]);
                }
                value += product * product / 2;
                for (int k = 0; k < n; k++) {
                    gradient[k] += row[k] * product;
                }
            }
            return value;
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void findsTheMinimumOfConvexQuadratics(QuasiNewtonSettings settings) {
        for (int seed = 0; seed < 20; seed++) {
            Quadratic quadratic = Quadratic.random(1 + seed * 2, seed);
            var method = new QuasiNewton(settings, quadratic, new double[1 + seed * 2]);
            int iterations = 0;
            while (!method.isAtMinimum(1e-12) && iterations < 400) {
                double before = method.value();
                assertThat(method.iterate()).as("seed %d, iteration %d", seed, iterations).isTrue();
                assertThat(method.value()).isLessThanOrEqualTo(before);
                iterations++;
            }
            assertThat(method.isAtMinimum(1e-12)).as("seed %d after %d iterations", seed, iterations).isTrue();
            assertThat(method.point()).as("seed %d", seed).containsExactly(quadratic.minimum, within(1e-10));
        }
    }

    @Test
    void stepsAlongWhichTheGradientHardlyGrowsAreNotRemembered() {
        var inverse = new LimitedMemory(5);
        double[][] flat = {{0, -1}, {1, 0}, {1, 1e-13}};
        for (double[] change : flat) {
            inverse.add(new double[] {0, 1}, change, 1);
        }
        assertThat(inverse.isEmpty()).isTrue();
        inverse.add(new double[] {1, 0}, new double[] {2, 0}, 1);
        assertThat(inverse.times(new double[] {3, 4})).containsExactly(1.5, 2);
        for (double[] change : flat) {
            inverse.add(new double[] {0, 1}, change, 1);
        }
        assertThat(inverse.times(new double[] {3, 4})).containsExactly(1.5, 2);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void findsTheMinimumOfRosenbrocksValley(QuasiNewtonSettings settings) {
        DifferentiableFunction valley = (x, gradient) -> {
            double across = x[1] - x[0] * x[0];
            gradient[0] = -400 * across * x[0] - 2 * (1 - x[0]);
            gradient[1] = 200 * across;
            return 100 * across * across + (1 - x[0]) * (1 - x[0]);
        };
        var method = new QuasiNewton(settings, valley, new double[] {-1.2, 1});
        int iterations = 0;
        while (!method.isAtMinimum(1e-12) && iterations < 60 && method.iterate()) {
            iterations++;
        }
        assertThat(method.point()).containsExactly(new double[] {1, 1}, within(1e-10));
    }

    @Test
    void everySearchMeetsTheStrongWolfeConditions() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            double a = random.nextDouble(0.5, 20);
            double b = random.nextDouble(-3, 3);
            double c = random.nextDouble(0, 2);
            DifferentiableFunction wave = (x, gradient) -> {
                gradient[0] = 2 * c * x[0] + a * Math.cos(a * x[0] + b) + 4 * x[0] * x[0] * x[0];
                return c * x[0] * x[0] + Math.sin(a * x[0] + b) + Math.pow(x[0], 4);
            };
            double[] origin = {random.nextDouble(-2, 2)};
            double[] gradient = new double[1];
            double value = wave.at(origin, gradient);
            double[] direction = {-gradient[0] * random.nextDouble(0.01, 10)};
            double slope = direction[0] * gradient[0];
            var search = new WolfeLineSearch(wave, origin, direction, value, slope);
            double found = search.search(1);
            double step = (search.point()[0] - origin[0]) / direction[0];
            assertThat(found).as("seed %d", seed).isLessThanOrEqualTo(value + 1e-4 * step * slope)
                    .isEqualTo(wave.at(search.point(), gradient));
            assertThat(Math.abs(gradient[0] * direction[0])).as("seed %d", seed).isLessThanOrEqualTo(0.9 * -slope);
        }
    }

    /** The cubic x³/3 − x from 0 has its minimum at 1; a trial at 1.7 is beyond it, the others are too high as well. */
    @ParameterizedTest
    @ValueSource(doubles = {1.7, 2, 2.2, 5})
    void aSearchGoesWhereTheCubicThroughBothEndsIsLowest(double firstStep) {
        var trials = new ArrayList<Double>();
        var search = new WolfeLineSearch((x, gradient) -> {
            trials.add(x[0]);
            gradient[0] = x[0] * x[0] - 1;
            return x[0] * x[0] * x[0] / 3 - x[0];
        }, new double[1], new double[] {1}, 0, -1);
        assertThat(search.search(firstStep)).isCloseTo(-2.0 / 3, within(1e-15));
        assertThat(trials).hasSize(2);
        assertThat(search.point()[0]).isCloseTo(1, within(1e-15));
    }

    /** Of the cubics with the slope (x − m)(k x + 1/m): not where m is in a tenth of the interval next to an end. */
    @ParameterizedTest
    @CsvSource({"1, 17, 1.15, 1", "1, 17, 1.05, 0.525", "0.15, 1, 1, 0.15", "0.05, 1, 1, 0.5"})
    void aSearchKeepsAwayFromTheEnds(double m, double k, double first, double second) {
        var trials = new ArrayList<Double>();
        new WolfeLineSearch((x, gradient) -> {
            trials.add(x[0]);
            gradient[0] = (x[0] - m) * (k * x[0] + 1 / m);
            return k * Math.pow(x[0], 3) / 3 + (1 / m - k * m) * x[0] * x[0] / 2 - x[0];
        }, new double[1], new double[] {1}, 0, -1).search(first);
        assertThat(trials.get(0)).isEqualTo(first);
        assertThat(trials.get(1)).isCloseTo(second, within(1e-14));
    }

    /** Downhill for ever the 30th trial is taken, which is computed once more; where nothing is lower, none. */
    @Test
    void aSearchMakes30Trials() {
        var trials = new ArrayList<Double>();
        var downhill = new WolfeLineSearch((x, gradient) -> {
            trials.add(x[0]);
            gradient[0] = -1;
            return -x[0];
        }, new double[1], new double[] {1}, 0, -1);
        assertThat(downhill.search(1)).isEqualTo(-0x1p29);
        assertThat(trials).hasSize(31).endsWith(0x1p29, 0x1p29);
        trials.clear();
        var uphill = new WolfeLineSearch((x, gradient) -> {
            trials.add(x[0]);
            gradient[0] = -1;
            return x[0];
        }, new double[1], new double[] {1}, 0, -1);
        assertThat(uphill.search(1)).isNaN();
        assertThat(trials).hasSize(30);
    }

    /** From x³/3 − x nothing is known at 2 and 4, where it is said to have no value. */
    @Test
    void aSearchGoesToTheMiddleWhereNothingIsKnownOfAnEnd() {
        var trials = new ArrayList<Double>();
        var search = new WolfeLineSearch((x, gradient) -> {
            trials.add(x[0]);
            gradient[0] = x[0] * x[0] - 1;
            return x[0] < 1.5 ? x[0] * x[0] * x[0] / 3 - x[0] : Double.NaN;
        }, new double[1], new double[] {1}, 0, -1);
        assertThat(search.search(4)).isEqualTo(1.0 / 3 - 1);
        assertThat(trials).containsExactly(4.0, 2.0, 1.0);
    }

    @Test
    void whatIsNoNumberIsTooFar() {
        DifferentiableFunction logarithm = (x, gradient) -> {
            gradient[0] = x[0] > 0 ? 1 - 1 / x[0] : Double.NaN;
            return x[0] - Math.log(x[0]);
        };
        var method = new QuasiNewton(SETTINGS, logarithm, new double[] {30});
        for (int i = 0; i < 40 && !method.isAtMinimum(1e-12); i++) {
            assertThat(method.iterate()).isTrue();
        }
        assertThat(method.point()[0]).isCloseTo(1, within(1e-10));
    }

    @Test
    void saysWhenNothingIsLower() {
        DifferentiableFunction wrongGradient = (x, gradient) -> {
            gradient[0] = -1;
            return x[0] * x[0];
        };
        var method = new QuasiNewton(SETTINGS, wrongGradient, new double[] {0});
        assertThat(method.iterate()).isFalse();
        assertThat(method.point()).containsExactly(0);
    }
}
