package dev.nabla.training;

/** A training whose loss, gradient or parameters are no longer finite numbers. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param epoch the epoch in which it happened, counted from 1
     * @param why what is added to the message; may be empty
     */
    DivergedException(int epoch, String what, String why) {
        super(what + " in epoch " + epoch + why);
    }
}
