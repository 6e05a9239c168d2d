package dev.nabla.program;

/**
 * A matrix A with at least as many rows as columns as the product of Q, whose columns are orthonormal, and R, upper triangular.
 * With AᵀA = RᵀR, aᵀ(AᵀA)⁻¹b is the product of R⁻ᵀa and R⁻ᵀb, right to about as many digits as the condition of A leaves, not
 * its square.
 */
public interface QrFactorization extends AutoCloseable {

    /** Where A is to be written, and where Q stands afterwards. */
    DampedLeastSquares.Rows rows();

    double get(int row, int column);

    void set(int row, int column, double value);

    /** Multiplies a row. */
    void scale(int row, double factor);

    /**
     * Replaces what is written by Q.
     *
     * @return false where in double precision it is not of full rank, or has numbers that are not finite
     */
    boolean factorize();

    /** The squared norms of the rows of Q, which are the leverages of the rows of A and sum up to the number of columns. */
    double[] leverages();

    /** Qᵀ w. */
    double[] transposedTimes(double[] w);

    /**
     * Replaces vectors v by R⁻ᵀ v.
     *
     * @param place outside of the heap of the first number of the first; they stand one behind the other
     */
    void solveTransposed(long place, int count);

    /** Gives the memory back. */
    @Override
    void close();
}
