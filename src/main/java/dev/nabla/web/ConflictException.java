package dev.nabla.web;

/** A request that does not fit the state of what it is about: 409. */
final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String detail) {
        super(detail);
    }
}
