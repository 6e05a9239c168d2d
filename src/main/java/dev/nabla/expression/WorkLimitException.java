package dev.nabla.expression;

/** What was asked for takes more {@link Work}, or more memory, than it may. */
public final class WorkLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkLimitException(String message) {
        super(message);
    }
}
