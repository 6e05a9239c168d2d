package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelfScaledBroydenTest {

    private static final int SIZE = 6;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static double[][] matrix(SelfScaledBroyden inverse) {
        double[][] matrix = new double[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            double[] unit = new double[SIZE];
            unit[i] = 1;
            matrix[i] = inverse.times(unit);
        }
        return matrix;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    private static double dot(double[] x, double[] y) {
        return DifferentiableFunction.dot(x, y);
    }

    /** The update of a matrix H as equations 15 to 24 of Urbán, Stefanou and Pons have it, with s · H⁻¹ s instead of −α s · g. */
    private static double[][] updated(double[][] matrix, double[] s, double[] y, double expected) {
        double[] hy = times(matrix, y);
        double b = expected / dot(y, s);
        double h = dot(y, hy) / dot(y, s);
        double a = h * b - 1;
        double c = Math.sqrt(a / (1 + a));
        double lowest = Math.min(1, h * (1 - c));
        double theta = Math.max((lowest - 1) / a, Math.min(1 / lowest, (1 - b) / b));
        double sigma = 1 + a * theta;
        double phi = (1 - theta) / (1 + a * theta);
        double power = Math.pow(sigma, -1.0 / (SIZE - 1));
        double most = Math.min(1, 1 / b);
        double tau = theta > 0 ? most * Math.min(power, 1 / theta) : Math.min(most * power, sigma);
        double[][] result = new double[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                double vi = Math.sqrt(dot(y, hy)) * (s[i] / dot(y, s) - hy[i] / dot(y, hy));
                double vj = Math.sqrt(dot(y, hy)) * (s[j] / dot(y, s) - hy[j] / dot(y, hy));
                result[i][j] = (matrix[i][j] - hy[i] * hy[j] / dot(y, hy) + phi * vi * vj) / tau + s[i] * s[j] / dot(y, s);
            }
        }
        return result;
    }

    /** On steps of a function with a random Hessian, along −H g as a search has them. */
    @Test
    void isUpdatedAsItsAuthorsWriteItAndTakesEveryStepForRight() {
        double[] curvatures = random.doubles(SIZE, 0.01, 10).toArray();
        var inverse = new SelfScaledBroyden();
        double[][] expected = null;
        for (int step = 0; step < 40; step++) {
            double[] direction = inverse.times(random.doubles(SIZE, -1, 1).toArray());
            double length = random.nextDouble(0.1, 2);
            double[] s = new double[SIZE];
            double[] y = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                s[i] = length * direction[i];
                y[i] = (curvatures[i] + 0.5 * Math.sin(step + i) * curvatures[i]) * s[i];
            }
            double[][] before = expected == null ? scaledIdentity(dot(s, y) / dot(y, y)) : expected;
            double inverted = dot(s, solve(before, s));
            inverse.add(s, y, inverted);
            expected = updated(before, s, y, inverted);
            double[] ofChange = inverse.times(y);
            double[][] found = matrix(inverse);
            for (int i = 0; i < SIZE; i++) {
                assertThat(ofChange[i]).as("seed %d, step %d", seed, step).isCloseTo(s[i], within(1e-8 * Math.sqrt(dot(s, s))));
                assertThat(found[i]).as("seed %d, step %d", seed, step)
                        .containsExactly(expected[i], within(1e-7 * Math.sqrt(dot(expected[i], expected[i]))));
            }
            double[] any = random.doubles(SIZE, -1, 1).toArray();
            assertThat(dot(any, inverse.times(any))).as("seed %d, step %d", seed, step).isPositive();
        }
    }

    private static double[][] scaledIdentity(double scale) {
        double[][] matrix = new double[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            matrix[i][i] = scale;
        }
        return matrix;
    }

    /** By Gauss's elimination. */
    private static double[] solve(double[][] matrix, double[] right) {
        double[][] a = new double[SIZE][];
        double[] x = right.clone();
        for (int i = 0; i < SIZE; i++) {
            a[i] = matrix[i].clone();
        }
        for (int k = 0; k < SIZE; k++) {
            for (int i = k + 1; i < SIZE; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < SIZE; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                x[i] -= factor * x[k];
            }
        }
        for (int i = SIZE - 1; i >= 0; i--) {
            for (int j = i + 1; j < SIZE; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    @Test
    void forgetsAll() {
        var inverse = new SelfScaledBroyden();
        inverse.add(new double[] {1, 0}, new double[] {2, 0}, 1);
        assertThat(inverse.times(new double[] {3, 4})).containsExactly(1.5, 2);
        inverse.clear();
        assertThat(inverse.isEmpty()).isTrue();
        assertThat(inverse.times(new double[] {3, 4})).containsExactly(3, 4);
    }
}
