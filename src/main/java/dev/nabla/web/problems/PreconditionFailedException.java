package dev.nabla.web.problems;

/** What a request would change is not as its sender has seen it: 412. */
public final class PreconditionFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PreconditionFailedException(String detail) {
        super(detail);
    }
}
