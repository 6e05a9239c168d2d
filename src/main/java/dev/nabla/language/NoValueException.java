package dev.nabla.language;

/** Thrown by what stands behind a name of a {@link Scope} when it has no meaning after all; the message says why. */
public final class NoValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoValueException(String message) {
        super(message);
    }
}
