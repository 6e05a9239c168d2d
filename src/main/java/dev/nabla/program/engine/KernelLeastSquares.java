package dev.nabla.program.engine;

import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.FlatVector;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.MatrixKernels;
import dev.nabla.program.kernels.MatrixKernels.Start;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Solves by the {@link GramMatrix} of the columns, or of the rows, of J. */
public final class KernelLeastSquares implements DampedLeastSquares {

    private static final MatrixKernels MATRICES = MatrixKernels.best();
    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final int rows;
    private final int columns;
    private final boolean isOfRows;
    private final GramMatrix gram;
    private final INDArray residuals;
    private final INDArray memory;
    /** Jᵀr, the right side of the system, and J: row by row or, for a system of the rows, column by column. */
    private final long slope;
    private final long right;
    private final long matrix;

    /**
     * @param team computes it
     * @param isOfRows whether the system that is solved is one of the rows
     */
    public KernelLeastSquares(Team team, int rows, int columns, boolean isOfRows) {
        this.rows = rows;
        this.columns = columns;
        this.isOfRows = isOfRows;
        this.gram = new GramMatrix(team, isOfRows ? rows : columns);
        this.residuals = FlatVector.allocate(rows);
        this.memory = FlatVector.allocate(columns + Math.max(rows, columns) + (long) rows * columns);
        this.matrix = FlatVector.first(memory);
        this.slope = matrix + (long) rows * columns;
        this.right = slope + columns;
    }

    @Override
    public INDArray residuals() {
        return residuals;
    }

    @Override
    public Rows rows() {
        return isOfRows ? new Rows(matrix, 1, rows) : new Rows(matrix, columns, 1);
    }

    @Override
    public double norm(int column) {
        double greatest = 0;
        for (int i = 0; i < rows; i++) {
            greatest = Math.max(greatest, Math.abs(Doubles.get(place(i, column))));
        }
        if (greatest == 0 || !Double.isFinite(greatest)) {
            return greatest;
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            double part = Doubles.get(place(i, column)) / greatest;
            sum += part * part;
        }
        return greatest * Math.sqrt(sum);
    }

    private long place(int row, int column) {
        return isOfRows ? column(column) + row : matrix + (long) row * columns + column;
    }

    @Override
    public void scale(int column, double factor) {
        for (int i = 0; i < rows; i++) {
            long place = place(i, column);
            Doubles.set(place, factor * Doubles.get(place));
        }
    }

    @Override
    public void complete() {
        gram.set(matrix, isOfRows ? columns : rows);
        timesTransposed(FlatVector.first(residuals), slope);
    }

    /** Jᵀ w. */
    private void timesTransposed(long w, long target) {
        if (isOfRows) {
            for (int i = 0; i < columns; i++) {
                Doubles.set(target + i, MATRICES.dot(column(i), w, rows));
            }
        } else {
            MATRICES.product(Start.ZERO, 0, w, 0, 1, matrix, columns, target, columns, 1, rows, columns);
        }
    }

    /** Of the matrix that is written column by column. */
    private long column(int column) {
        return matrix + (long) column * rows;
    }

    @Override
    public double scale() {
        if (!isOfRows) {
            return gram.greatest();
        }
        double greatest = 0;
        for (int i = 0; i < columns; i++) {
            greatest = Math.max(greatest, MATRICES.dot(column(i), column(i), rows));
        }
        return greatest;
    }

    @Override
    public double[] slope() {
        double[] copy = new double[columns];
        copy(slope, 1, copy);
        return copy;
    }

    private static void copy(long place, double factor, double[] copy) {
        for (int i = 0; i < copy.length; i++) {
            copy[i] = factor * Doubles.get(place + i);
        }
    }

    @Override
    public boolean solve(double damping, double[] centre, double[] step) {
        if (!gram.factorize(damping)) {
            return false;
        }
        if (isOfRows) {
            solveForRows(centre, step);
        } else {
            solveForColumns(damping, centre, step);
        }
        return true;
    }

    /** (JᵀJ + μ I) h = μ c − Jᵀr. */
    private void solveForColumns(double damping, double[] centre, double[] step) {
        for (int i = 0; i < columns; i++) {
            Doubles.set(right + i, damping * centre[i] - Doubles.get(slope + i));
        }
        gram.solve(right);
        copy(right, 1, step);
    }

    /** h = c − Jᵀ (JJᵀ + μ I)⁻¹ (r + J c). */
    private void solveForRows(double[] centre, double[] step) {
        ENTRYWISE.copy(FlatVector.first(residuals), right, rows);
        for (int i = 0; i < columns; i++) {
            if (centre[i] != 0) {
                ENTRYWISE.linear(centre[i], column(i), 1, right, 0, right, rows);
            }
        }
        solveForRows(step);
        for (int i = 0; i < columns; i++) {
            step[i] += centre[i];
        }
    }

    /** −Jᵀ (JJᵀ + μ I)⁻¹ of what stands on the right side. */
    private void solveForRows(double[] step) {
        gram.solve(right);
        for (int i = 0; i < columns; i++) {
            step[i] = -MATRICES.dot(column(i), right, rows);
        }
    }

    @Override
    public void solveAgain(INDArray w, double[] step) {
        if (isOfRows) {
            ENTRYWISE.copy(FlatVector.first(w), right, rows);
            solveForRows(step);
        } else {
            timesTransposed(FlatVector.first(w), right);
            gram.solve(right);
            copy(right, -1, step);
        }
    }

    @Override
    public void free() {
        gram.free();
        FlatVector.free(residuals);
        FlatVector.free(memory);
    }
}
