package dev.nabla.program;

/** A number of a computation in single precision is larger than any float. */
public final class OutOfFloatsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfFloatsException(String message) {
        super(message);
    }
}
