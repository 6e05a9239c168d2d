package dev.nabla.optimizers;

/** A sum of squares ‖r(x)‖² of functions r of many variables x, which is linearized at one point at a time. */
public interface SumOfSquares {

    /** The sum at one of the points where it may be looked at, which need not be a finite number. */
    double at(double[] point);

    /**
     * Takes a point as the one where r is r + J h for a small step h.
     *
     * @param slope is set to Jᵀr, with 0 for what stays where it is
     * @return the sum there
     */
    double linearize(double[] point, double[] slope);

    /**
     * The inner product by which the length of a step is measured where it was linearized: that of Euclid where all entries are
     * alike, else that of their variables which are.
     */
    double product(double[] step, double[] other);

    /** The greatest squared norm of a column of J, by variables that are alike, which says what a damping is large beside. */
    double scale();

    /**
     * The least of ‖r + J h‖² + μ ‖h − c‖², whose second norm is that of {@link #product}.
     *
     * @param point where it was linearized
     * @param damping μ, above 0
     * @param centre c
     * @param step is set to h
     * @return false where μ is too small for the digits of doubles
     */
    boolean solve(double[] point, double damping, double[] centre, double[] step);

    /**
     * Shortens a step that would end where the sum is not to be looked at, entry by entry.
     *
     * @return whether it would have
     */
    boolean cut(double[] point, double[] step);

    /** Whether an entry of a point stands where it may not go beyond. */
    boolean isOnBound(double[] point);

    /**
     * Where the sum is less beside a point where it was linearized, for entries that may not go beyond where they stand and with which no
     * function changes there, as with what enters squared at 0: no step moves those, whichever way is down.
     *
     * @param sum at the point
     * @return the point itself, if no such place was found
     */
    double[] offBounds(double[] point, double sum);

    /** The nearest point where the sum may be looked at. */
    double[] nearest(double[] point);

    /**
     * The second-order correction of the last step that was solved for: the least of ‖r″ + J a‖² + μ ‖a‖², where r″ is the second
     * derivative along the step.
     *
     * @param correction is set to a
     */
    void correct(double[] point, double[] step, double[] correction);
}
