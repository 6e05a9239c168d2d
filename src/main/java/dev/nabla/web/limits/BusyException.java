package dev.nabla.web.limits;

/** More requests wait to be computed than may: 503. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
