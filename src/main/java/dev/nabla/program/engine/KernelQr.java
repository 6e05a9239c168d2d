package dev.nabla.program.engine;

import dev.nabla.expression.Work;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.FlatVector;
import dev.nabla.program.QrFactorization;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.MatrixKernels;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * By Cholesky's factorizations of {@link GramMatrix}, again and again, of what each leaves nearer to orthonormal columns: twice
 * where A is well conditioned, and with a shift at first where AᵀA is not positive definite in double precision (Fukaya, Kannan,
 * Nakatsukasa, Yamamoto and Yanagisawa, "Shifted Cholesky QR for computing the QR factorization of ill-conditioned matrices",
 * SIAM Journal on Scientific Computing 42, 2020, doi 10.1137/18M1218212). R is kept as the product of their factors.
 */
public final class KernelQr implements QrFactorization {

    private static final int MOST_FACTORS = 5;
    private static final double ORTHONORMAL = 1e-11;
    /** How near a column may be to the span of those before it, as a part of its length. */
    private static final double LEAST_PIVOT = 1e-12;
    private static final double ROUNDING = Math.ulp(0.5);

    private static final MatrixKernels MATRICES = MatrixKernels.best();
    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final Team team;
    private final int rows;
    private final int columns;
    private final INDArray memory;
    private final long matrix;
    /** Where those of the lengths of the columns of A stand, by which it is scaled first. */
    private final long reciprocals;
    private final List<GramMatrix> factors = new ArrayList<>();

    /** @param team computes it */
    public KernelQr(Team team, int rows, int columns) {
        this.team = team;
        this.rows = rows;
        this.columns = columns;
        this.memory = FlatVector.allocate((long) rows * columns + columns);
        this.matrix = FlatVector.first(memory);
        this.reciprocals = matrix + (long) rows * columns;
    }

    @Override
    public Rows rows() {
        return new Rows(matrix, columns, 1);
    }

    private long row(int row) {
        return matrix + (long) row * columns;
    }

    @Override
    public double get(int row, int column) {
        return Doubles.get(row(row) + column);
    }

    @Override
    public void set(int row, int column, double value) {
        Doubles.set(row(row) + column, value);
    }

    @Override
    public void scale(int row, double factor) {
        ENTRYWISE.linear(factor, row(row), 0, row(row), columns);
    }

    @Override
    public boolean factorize() {
        freeFactors();
        if (!scale()) {
            return false;
        }
        double norm = columns;
        while (factors.size() < MOST_FACTORS) {
            Work.spend(GramMatrix.nanos(columns, rows));
            var gram = new GramMatrix(team, columns);
            factors.add(gram);
            gram.set(matrix, rows);
            double distance = gram.distanceFromIdentity();
            if (distance <= ORTHONORMAL) {
                factors.removeLast().free();
                return isOfFullRank();
            }
            double shift = 11 * ROUNDING * ((double) rows * columns + columns * (columns + 1.0)) * norm;
            if (Double.isNaN(distance) || !gram.factorize(0) && !gram.factorize(shift)) {
                return false;
            }
            gram.solveTransposed(matrix, rows);
            // Whatever the first factor leaves has singular values of at most about 1.
            norm = 1;
        }
        return false;
    }

    private boolean scale() {
        double[] squares = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double entry = Doubles.get(row(i) + k);
                squares[k] += entry * entry;
            }
        }
        for (int k = 0; k < columns; k++) {
            double reciprocal = 1 / Math.sqrt(squares[k]);
            if (!(reciprocal > 0) || !Double.isFinite(reciprocal)) {
                return false;
            }
            Doubles.set(reciprocals + k, reciprocal);
        }
        for (int i = 0; i < rows; i++) {
            scale(row(i));
        }
        return true;
    }

    private void scale(long row) {
        ENTRYWISE.product(1, row, reciprocals, 0, row, columns);
    }

    private boolean isOfFullRank() {
        for (int k = 0; k < columns; k++) {
            double pivot = 1;
            for (GramMatrix factor : factors) {
                pivot *= factor.pivot(k);
            }
            if (!(pivot > LEAST_PIVOT)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public double[] leverages() {
        double[] leverages = new double[rows];
        for (int i = 0; i < rows; i++) {
            leverages[i] = MATRICES.dot(row(i), row(i), columns);
        }
        return leverages;
    }

    @Override
    public double[] transposedTimes(double[] w) {
        INDArray both = FlatVector.allocate((long) rows + columns);
        long left = FlatVector.first(both);
        for (int i = 0; i < rows; i++) {
            Doubles.set(left + i, w[i]);
        }
        MATRICES.product(Start.ZERO, 0, left, 0, 1, matrix, columns, left + rows, columns, 1, rows, columns);
        double[] product = new double[columns];
        for (int k = 0; k < columns; k++) {
            product[k] = Doubles.get(left + rows + k);
        }
        FlatVector.free(both);
        return product;
    }

    @Override
    public void solveTransposed(long place, int count) {
        for (int i = 0; i < count; i++) {
            scale(place + (long) i * columns);
        }
        for (GramMatrix factor : factors) {
            Work.spend(GramMatrix.nanos(columns, count));
            factor.solveTransposed(place, count);
        }
    }

    private void freeFactors() {
        factors.forEach(GramMatrix::free);
        factors.clear();
    }

    @Override
    public void close() {
        freeFactors();
        FlatVector.free(memory);
    }
}
