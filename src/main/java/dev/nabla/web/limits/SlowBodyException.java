package dev.nabla.web.limits;

/** A body that has not come in time: 408. */
public final class SlowBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SlowBodyException(String message) {
        super(message);
    }
}
