package dev.nabla.program.kernels;

/**
 * Arithmetic on runs of {@link Doubles}, entry by entry. Every kernel writes the run at z; its other runs are the same
 * as that or do not overlap it. Operations are rounded one by one, in the order written, so that vectors and plain loops
 * give the same bits. Nothing is allocated.
 */
public sealed interface EntrywiseKernels permits VectorEntrywise, PlainEntrywise {

    /** z = c. */
    void fill(double c, long z, int count);

    /** z = x. */
    void copy(long x, long z, int count);

    /** z = c x + d. */
    void linear(double c, long x, double d, long z, int count);

    /** z = (c x + e y) + d. */
    void linear(double c, long x, double e, long y, double d, long z, int count);

    /** z = (c x) y + d. */
    void product(double c, long x, long y, double d, long z, int count);

    /** z = ((c x) y + e w) + d. */
    void product(double c, long x, long y, double e, long w, double d, long z, int count);

    /** z = (c x + d) w. */
    void linearTimes(double c, long x, double d, long w, long z, int count);

    /** z = ((c x) y + d) w. */
    void productTimes(double c, long x, long y, double d, long w, long z, int count);

    /** z = (c x) / y. */
    void quotient(double c, long x, long y, long z, int count);

    /** z = (c x) / e. */
    void divided(double c, long x, double e, long z, int count);

    /** z = ((c x) / e) w. */
    void dividedTimes(double c, long x, double e, long w, long z, int count);

    /** z = c / y. */
    void reciprocal(double c, long y, long z, int count);

    /** The smaller ones; NaN where one of both is. */
    void min(long x, long y, long z, int count);

    /** The larger ones; NaN where one of both is. */
    void max(long x, long y, long z, int count);

    /** 1 where x < y, 0 where it is not; NaN where one of both is. */
    void less(long x, long y, long z, int count);

    /** 1 where x ≤ y, 0 where it is not; NaN where one of both is. */
    void lessOrEqual(long x, long y, long z, int count);

    /** c where x = y, d where it is not; NaN where one of both is. */
    void equal(long x, long y, double c, double d, long z, int count);

    /** z = x where the condition is not 0, y where it is 0, and NaN where it is NaN. */
    void select(long condition, long x, long y, long z, int count);

    /** Whether no entry is infinite or NaN. */
    boolean areFinite(long x, int count);

    /**
     * One step of Adam (Kingma and Ba 2015, algorithm 1) on θ with gradient g and moment estimates m and v:
     * θ = θ − s m / (√v + e), with the corrections of the bias in s and e.
     *
     * @param s η √(1 − β₂ᵗ) / (1 − β₁ᵗ)
     * @param e ε √(1 − β₂ᵗ)
     */
    void adam(long theta, long g, long m, long v, int count, double beta1, double beta2, double s, double e);

    /** The fastest kernels for this machine and Java runtime. */
    static EntrywiseKernels best() {
        return Hardware.FOUND == Hardware.WIDE ? new VectorEntrywise() : new PlainEntrywise();
    }
}
