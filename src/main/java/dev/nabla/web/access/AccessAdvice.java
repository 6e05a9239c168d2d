package dev.nabla.web.access;

import dev.nabla.web.problems.ProblemKind;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Who may not do what he asks for, as problems (RFC 9457) with the headers of RFC 6750. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class AccessAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(AuthenticationException e) {
        boolean isGiven = e instanceof InvalidBearerTokenException;
        return ResponseEntity.status(ProblemKind.UNAUTHENTICATED.status())
                .header(HttpHeaders.WWW_AUTHENTICATE, isGiven ? "Bearer error=\"invalid_token\"" : "Bearer")
                .body(ProblemKind.UNAUTHENTICATED.problem(isGiven ? "the key or the token is not valid (any more)"
                        : "a request needs a key or a token: Authorization: Bearer KEY"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AccessDeniedException e) {
        return ResponseEntity.status(ProblemKind.NOT_ALLOWED.status())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\""
                        + KeyIntrospector.ADMIN_SCOPE + "\"")
                .body(ProblemKind.NOT_ALLOWED.problem("only an administrator may do this"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unverified(UnverifiedException e) {
        return ResponseEntity.status(ProblemKind.UNVERIFIED.status()).header(HttpHeaders.RETRY_AFTER, "10")
                .body(ProblemKind.UNVERIFIED.problem(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(TooManyRequestsException e) {
        return ResponseEntity.status(ProblemKind.TOO_MANY_REQUESTS.status())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(e.pause().plusNanos(999_999_999).toSeconds()))
                .body(ProblemKind.TOO_MANY_REQUESTS.problem(e.getMessage()));
    }
}
