package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.optimizers.TwiceDifferentiableFunction.Hessian;
import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.junit.jupiter.api.Test;

class ConjugateGradientsTest {

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    private double[] vector(int size) {
        return random.doubles(size, -1, 1).toArray();
    }

    /** Symmetric with so large a diagonal added that it is positive definite where shift is above 0. */
    private double[][] matrix(int size, double shift) {
        double[][] matrix = new double[size][size];
        double[][] factor = new double[size][];
        for (int i = 0; i < size; i++) {
            factor[i] = vector(size);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = DifferentiableFunction.dot(factor[i], factor[j]) + (i == j ? shift : 0);
            }
        }
        return matrix;
    }

    private static Hessian of(double[][] matrix) {
        return (vector, product) -> System.arraycopy(times(matrix, vector), 0, product, 0, product.length);
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = DifferentiableFunction.dot(matrix[i], vector);
        }
        return product;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(DifferentiableFunction.dot(vector, vector));
    }

    private static double decrease(double[] gradient, double[][] matrix, double[] step) {
        return -DifferentiableFunction.dot(gradient, step) - DifferentiableFunction.dot(step, times(matrix, step)) / 2;
    }

    /** In exact arithmetic n of them do; the oracle solves by the factors of Hipparchus. */
    @Test
    void asManyIterationsAsThereAreUnknownsSolveTheEquationsOfAConvexQuadratic() {
        for (int size = 1; size <= 12; size++) {
            double[][] matrix = matrix(size, 1);
            double[] gradient = vector(size);
            var conjugate = new ConjugateGradients(gradient);
            assertThat(conjugate.solve(of(matrix), 1e6, 0, size)).isTrue();
            double[] solution = new CholeskyDecomposition(new Array2DRowRealMatrix(matrix))
                    .getSolver().solve(new ArrayRealVector(gradient)).mapMultiply(-1).toArray();
            assertThat(conjugate.step()).as("size %d, seed %d", size, seed).containsExactly(solution, within(1e-8));
            assertThat(conjugate.isOnSphere()).isFalse();
        }
    }

    @Test
    void aStepGainsWhatIsPredictedAndNoLessThanAlongTheGradient() {
        for (int round = 0; round < 500; round++) {
            int size = random.nextInt(1, 12);
            double[][] matrix = matrix(size, random.nextDouble(-4, 1));
            double[] gradient = vector(size);
            double radius = Math.pow(10, random.nextDouble(-3, 2));
            var conjugate = new ConjugateGradients(gradient);
            assertThat(conjugate.solve(of(matrix), radius, random.nextDouble(0.5) * norm(gradient), random.nextInt(1, 20))).isTrue();
            double[] step = conjugate.step();
            String what = "round %d, seed %d".formatted(round, seed);
            double steepness = norm(gradient);
            double curvature = DifferentiableFunction.dot(gradient, times(matrix, gradient)) / (steepness * steepness);
            double length = curvature <= 0 ? radius : Math.min(radius, steepness / curvature);
            double ofCauchy = steepness * length - curvature * length * length / 2;
            double expected = decrease(gradient, matrix, step);
            assertThat(norm(step)).as(what).isLessThanOrEqualTo(radius * (1 + 1e-12));
            assertThat(expected).as(what).isGreaterThanOrEqualTo(ofCauchy * (1 - 1e-10));
            assertThat(conjugate.predicted()).as(what).isCloseTo(expected, within(1e-10 * (expected + steepness * radius)));
            if (conjugate.isOnSphere()) {
                assertThat(norm(step)).as(what).isCloseTo(radius, within(1e-9 * radius));
            }
        }
    }

    @Test
    void negativeCurvatureIsFollowedUpToTheSphere() {
        double[][] saddle = {{1, 0}, {0, -1}};
        var conjugate = new ConjugateGradients(new double[] {1, 1e-3});
        assertThat(conjugate.solve(of(saddle), 10, 1e-9, 10)).isTrue();
        assertThat(conjugate.isOnSphere()).isTrue();
        assertThat(norm(conjugate.step())).isCloseTo(10, within(1e-12));
        assertThat(conjugate.step()[1]).isLessThan(-9);
    }

    @Test
    void endsWhereTheGradientOfTheQuadraticIsSmall() {
        double[][] matrix = matrix(30, 1);
        double[] gradient = vector(30);
        for (double part : new double[] {0.5, 1e-2, 1e-6}) {
            var conjugate = new ConjugateGradients(gradient);
            conjugate.solve(of(matrix), 1e6, part * norm(gradient), 100);
            double[] left = times(matrix, conjugate.step());
            for (int i = 0; i < left.length; i++) {
                left[i] += gradient[i];
            }
            assertThat(norm(left)).as("seed %d", seed).isLessThanOrEqualTo(1.001 * part * norm(gradient)).isPositive();
        }
    }

    @Test
    void aCurvatureThatIsNoNumberGivesNoStep() {
        assertThat(new ConjugateGradients(new double[] {1, 2}).solve((_, product) -> product[1] = Double.NaN, 1, 0, 5)).isFalse();
    }
}
