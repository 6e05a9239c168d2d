package dev.nabla.trajectories;

/** How far an iteration for x = b + c f(x) has come (after Hairer, Lubich, Wanner 2006, VIII.6). */
enum Settling {

    /** As near as rounding lets it. */
    SETTLED,
    /** Coming nearer. */
    CONTRACTING,
    NOT_CONTRACTING;

    private static final double LAST_DIGITS = 1e-15;
    private static final double ROUNDING_LEVEL = 1e-12;
    private static final double CONTRACTION = 0.7;

    /**
     * @param change of x in the last iteration
     * @param before its change in the one before
     * @param scale of the summands b and c f(x)
     */
    static Settling of(double change, double before, double scale) {
        boolean contracts = change <= CONTRACTION * before && change < Double.POSITIVE_INFINITY;
        if (change <= LAST_DIGITS * scale || change <= ROUNDING_LEVEL * scale && !contracts) {
            return SETTLED;
        }
        return contracts ? CONTRACTING : NOT_CONTRACTING;
    }
}
