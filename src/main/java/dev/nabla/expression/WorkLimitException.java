package dev.nabla.expression;

/** What was asked for is more {@link Work} than there may be. */
public final class WorkLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkLimitException(long limit) {
        super("takes more work than the " + limit / 1e9 + " seconds that one request may take (by fixed prices, whatever "
                + "the machine does): ask for fewer or smaller things, in several requests");
    }
}
