package dev.nabla.expression;

/** {@link Work} that is not to be gone on with, as it takes too long or nobody waits for it any more. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoppedException(String message) {
        super(message);
    }
}
