package dev.nabla.program;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Least squares of linear equations, ‖r + J h‖² + μ ‖h − c‖², one after another with the same number of equations and of
 * unknowns. For a step a system is solved that has an equation for each column of J or, where rows are fewer, for each row:
 * (JᵀJ + μ I)⁻¹ Jᵀ = Jᵀ (JJᵀ + μ I)⁻¹ (Woodbury).
 */
public interface DampedLeastSquares {

    /** r, to be written. */
    INDArray residuals();

    /**
     * Where J is to be written.
     *
     * @param place of the first number of the first row
     * @param rowStep from a row to the next
     * @param columnStep from a column to the next
     */
    record Rows(long place, long rowStep, long columnStep) {

        /** The same from a later row on. */
        public Rows from(long row) {
            return new Rows(place + row * rowStep, rowStep, columnStep);
        }
    }

    Rows rows();

    /** The Euclidean norm of a column of J as it is written, also where its square is no double. */
    double norm(int column);

    /** Multiplies a column of J. */
    void scale(int column, double factor);

    /** Says that r and J are written. */
    void complete();

    /** The greatest squared norm of a column of J. */
    double scale();

    /** Jᵀr. */
    double[] slope();

    /**
     * Where the sum is least.
     *
     * @param damping μ, above 0
     * @param centre c
     * @param step is set to h
     * @return false where the system is not positive definite in double precision
     */
    boolean solve(double damping, double[] centre, double[] step);

    /**
     * Where ‖w + J a‖² + μ ‖a‖² is least, with the μ of the last {@link #solve}, which found a step.
     *
     * @param residuals w
     * @param step is set to a
     */
    void solveAgain(INDArray residuals, double[] step);

    /** Gives the memory back. */
    void free();
}
