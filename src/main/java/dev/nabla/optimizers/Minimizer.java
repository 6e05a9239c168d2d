package dev.nabla.optimizers;

/** Looks for the least value of a function of many variables: it stands at a point, and makes one iteration after another. */
public interface Minimizer {

    /** The function at the present point. */
    double value();

    double[] point();

    /** The Euclidean norm of the gradient at the present point. */
    double gradientNorm();

    /** Whether the gradient at the present point is as good as zero: of a norm of at most this. */
    default boolean isAtMinimum(double tolerance) {
        return gradientNorm() <= tolerance;
    }

    /**
     * Makes one iteration.
     *
     * @return false if it goes no further: no step that was tried has a lower value, or only by rounding
     */
    boolean iterate();

    /** Adds what it goes on from. */
    void save(StateWriter state);
}
