package dev.nabla.web.access;

import java.time.Duration;

/** More requests than one key may send: 429. */
final class TooManyRequestsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** @param limits such as "600 requests a minute" */
    TooManyRequestsException(String limits, Duration wait) {
        super("this key may send " + limits);
        this.wait = wait;
    }

    /** How long until one more is accepted. */
    Duration pause() {
        return wait;
    }
}
