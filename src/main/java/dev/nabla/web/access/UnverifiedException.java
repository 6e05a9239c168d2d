package dev.nabla.web.access;

import org.springframework.security.core.AuthenticationException;

/** A key or token of which cannot be said now whether it is one. */
final class UnverifiedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    UnverifiedException(RuntimeException cause) {
        super("whether the key or the token is one cannot be said now", cause);
    }
}
