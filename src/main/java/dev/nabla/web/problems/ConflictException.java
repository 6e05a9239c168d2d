package dev.nabla.web.problems;

/** A request that does not fit the state of what it is about: 409. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String detail) {
        super(detail);
    }
}
