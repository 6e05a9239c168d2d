package dev.nabla.web.problems;

/** A request that cannot be read: 400. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message);
    }
}
