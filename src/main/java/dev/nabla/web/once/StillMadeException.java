package dev.nabla.web.once;

/** What is asked for is being made by another request with the same key: 409. */
final class StillMadeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StillMadeException(RuntimeException cause) {
        super("a request with this " + Once.HEADER + " is being answered", cause);
    }
}
