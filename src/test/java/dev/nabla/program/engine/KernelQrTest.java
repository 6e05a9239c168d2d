package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KernelQrTest {

    private static final Team TEAM = new Team(3);

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static KernelQr of(double[][] matrix) {
        var qr = new KernelQr(TEAM, matrix.length, matrix[0].length);
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k < matrix[0].length; k++) {
                qr.set(i, k, matrix[i][k]);
            }
        }
        return qr;
    }

    private double[][] normal(int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, _ -> random.nextDouble(-1, 1));
        }
        return matrix;
    }

    /** aᵀ(AᵀA)⁻¹a. */
    private static double inverse(KernelQr qr, double[] a) {
        INDArray array = FlatVector.allocate(a.length);
        new FlatVector(array).set(a);
        qr.solveTransposed(FlatVector.first(array), 1);
        double norm = new FlatVector(array).sumOfSquares();
        FlatVector.free(array);
        return norm;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,2", "9,9", "70,17", "130,65", "700,128"})
    void columnsAreOrthonormalAndTheirFactorsThoseOfTheMatrix(int rows, int columns) {
        double[][] matrix = normal(rows, columns);
        try (KernelQr qr = of(matrix)) {
            qr.scale(0, 3);
            Arrays.setAll(matrix[0], k -> 3 * matrix[0][k]);
            assertThat(qr.factorize()).as("seed %d", seed).isTrue();
            double[][] q = new double[rows][columns];
            for (int i = 0; i < rows; i++) {
                for (int k = 0; k < columns; k++) {
                    q[i][k] = qr.get(i, k);
                }
            }
            INDArray found = Nd4j.createFromArray(q);
            INDArray given = Nd4j.createFromArray(matrix);
            assertThat(found.transpose().mmul(found).sub(Nd4j.eye(columns)).norm2Number().doubleValue()).as("seed %d", seed)
                    .isLessThan(1e-10);
            assertThat(found.mmul(found.transpose().mmul(given)).sub(given).norm2Number().doubleValue()).as("seed %d", seed)
                    .isLessThan(1e-10 * given.norm2Number().doubleValue());
            double[] w = normal(1, rows)[0];
            assertThat(qr.transposedTimes(w)).as("seed %d", seed).containsExactly(
                    Nd4j.createFromArray(new double[][] {w}).mmul(found).toDoubleVector(), within(1e-12 * rows));
            double[] leverages = qr.leverages();
            assertThat(Arrays.stream(leverages).sum()).as("seed %d", seed).isCloseTo(columns, within(1e-9));
            for (int i = 0; i < rows; i++) {
                assertThat(leverages[i]).as("seed %d", seed).isCloseTo(inverse(qr, matrix[i]), within(1e-7));
            }
        }
    }

    /** AᵀA = v vᵀ / s² + I, whose inverse is I − v vᵀ / (s² + vᵀv); in AᵀA itself I is lost beside 1 / s² = 1e22. */
    @Test
    void whatIsLostInTheSquareIsNotLost() {
        int size = 20;
        double s = 1e-11;
        double[] v = normal(1, size)[0];
        double[][] matrix = new double[size + 1][size];
        for (int k = 0; k < size; k++) {
            matrix[0][k] = v[k] / s;
            matrix[k + 1][k] = 1;
        }
        double square = Arrays.stream(v).map(x -> x * x).sum();
        try (KernelQr qr = of(matrix)) {
            assertThat(qr.factorize()).as("seed %d", seed).isTrue();
            for (int k = 0; k < size; k++) {
                double[] unit = new double[size];
                unit[k] = 1;
                assertThat(inverse(qr, unit)).as("seed %d", seed).isCloseTo(1 - v[k] * v[k] / square, within(1e-4));
            }
            assertThat(inverse(qr, v)).as("seed %d", seed).isCloseTo(s * s, within(1e-3 * s * s));
        }
    }

    @Test
    void whatIsNotOfFullRankIsNotFactorized() {
        double[][] matrix = normal(30, 5);
        for (double[] row : matrix) {
            row[4] = 2 * row[0] - row[2];
        }
        try (KernelQr qr = of(matrix)) {
            assertThat(qr.factorize()).as("seed %d", seed).isFalse();
        }
        matrix[3][1] = Double.NaN;
        try (KernelQr qr = of(matrix)) {
            assertThat(qr.factorize()).isFalse();
        }
        try (KernelQr qr = of(new double[3][2])) {
            assertThat(qr.factorize()).isFalse();
        }
    }
}
