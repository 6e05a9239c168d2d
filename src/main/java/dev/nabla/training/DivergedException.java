package dev.nabla.training;

/** A training whose loss or parameters are no longer finite numbers. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int epoch;

    /** @param epoch the epoch in which it happened, counted from 1 */
    public DivergedException(int epoch, String what) {
        super(what + " in epoch " + epoch);
        this.epoch = epoch;
    }

    public int epoch() {
        return epoch;
    }

    static void requireFinite(double number, String what, int epoch) {
        if (!Double.isFinite(number)) {
            throw new DivergedException(epoch, what + " became " + number);
        }
    }
}
