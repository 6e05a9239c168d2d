package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.FlatVector;
import dev.nabla.program.kernels.Doubles;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KernelLeastSquaresTest {

    private static final Team ONE = new Team(1);
    private static final Team THREE = new Team(3);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** What is written, and what of the same the steps are in either space. */
    private record Linear(INDArray matrix, INDArray residuals, INDArray centre) {

        double[][] steps(boolean isOfRows, double damping, Team team) {
            int rows = matrix.rows();
            int columns = matrix.columns();
            var linear = new KernelLeastSquares(team, rows, columns, isOfRows);
            new FlatVector(linear.residuals()).set(residuals.toDoubleVector());
            Rows places = linear.rows();
            for (int i = 0; i < rows; i++) {
                for (int k = 0; k < columns; k++) {
                    Doubles.set(places.from(i).place() + k * places.columnStep(), (k == 0 ? 0.5 : 1) * matrix.getDouble(i, k));
                }
            }
            linear.scale(0, 2);
            for (int k = 0; k < columns; k++) {
                assertThat(linear.norm(k)).isCloseTo(matrix.getColumn(k).norm2Number().doubleValue(), within(1e-12));
            }
            linear.complete();
            double[][] found = {new double[columns], new double[columns], linear.slope(), {linear.scale()}};
            assertThat(linear.solve(damping, centre.toDoubleVector(), found[0])).isTrue();
            linear.solveAgain(linear.residuals(), found[1]);
            linear.free();
            return found;
        }

        /** How far from 0 the gradient of ‖r + J h‖² + μ ‖h − c‖² is, as a part of its terms. */
        double fault(double[] step, double damping, boolean isCentred) {
            INDArray h = Nd4j.createFromArray(step).reshape(step.length, 1);
            INDArray product = matrix.transpose().mmul(residuals.add(matrix.mmul(h)));
            INDArray pull = h.sub(centre.mul(isCentred ? 1 : 0)).mul(damping);
            return product.add(pull).norm2Number().doubleValue()
                    / matrix.transpose().mmul(residuals).norm2Number().doubleValue();
        }
    }

    private INDArray normal(int rows, int columns) {
        double[] numbers = new double[rows * columns];
        Arrays.setAll(numbers, _ -> random.nextDouble(-1, 1));
        return Nd4j.createFromArray(numbers).reshape(rows, columns);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "2,5", "17,9", "64,64", "65,63", "130,70", "70,130", "300,201", "700,7"})
    void stepsAreTheLeast(int rows, int columns) {
        var system = new Linear(normal(rows, columns), normal(rows, 1), normal(columns, 1));
        for (boolean isOfRows : new boolean[] {false, true}) {
            double[][] steps = system.steps(isOfRows, 0.01, THREE);
            String what = "of rows: %s, seed %d".formatted(isOfRows, seed);
            assertThat(system.fault(steps[0], 0.01, true)).as(what).isLessThan(1e-9);
            assertThat(system.fault(steps[1], 0.01, false)).as(what).isLessThan(1e-9);
            assertThat(Nd4j.createFromArray(steps[2]).reshape(columns, 1).distance2(system.matrix.transpose().mmul(system.residuals)))
                    .as(what).isLessThan(1e-10);
            assertThat(steps[3][0]).as(what).isCloseTo(system.matrix.mul(system.matrix).sum(0).maxNumber().doubleValue(),
                    within(1e-10));
            assertThat(Arrays.deepEquals(system.steps(isOfRows, 0.01, ONE), steps)).as("the same on one thread, %s", what).isTrue();
        }
    }

    @Test
    void normsOfColumnsAreNotSquared() {
        for (double size : new double[] {1e-300, 1e300}) {
            var linear = new KernelLeastSquares(ONE, 2, 1, false);
            Doubles.set(linear.rows().place(), 3 * size);
            Doubles.set(linear.rows().from(1).place(), -4 * size);
            assertThat(linear.norm(0) / size).isCloseTo(5, within(1e-12));
            linear.free();
        }
    }

    /** With more columns than rows JᵀJ is singular, and so is what rounding leaves of a small damping. */
    @Test
    void whatIsNotPositiveDefiniteIsNotSolved() {
        var linear = new KernelLeastSquares(ONE, 3, 200, false);
        Rows places = linear.rows();
        for (int k = 0; k < 3 * 200; k++) {
            Doubles.set(places.place() + k, random.nextDouble(-1, 1));
        }
        linear.complete();
        assertThat(linear.solve(0, new double[200], new double[200])).as("seed %d", seed).isFalse();
        Doubles.set(places.place(), Double.NaN);
        linear.complete();
        assertThat(linear.solve(1, new double[200], new double[200])).isFalse();
        linear.free();
    }
}
