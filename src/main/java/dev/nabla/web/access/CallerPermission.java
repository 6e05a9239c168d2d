package dev.nabla.web.access;

import dev.nabla.web.Permission;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** For as long as the key is one, or until the token ends; who needs neither may for ever. */
@Component
final class CallerPermission implements Permission {

    private final OpaqueTokenIntrospector keys;

    CallerPermission(OpaqueTokenIntrospector keys) {
        this.keys = keys;
    }

    @Override
    public BooleanSupplier ofCaller() {
        return switch (SecurityContextHolder.getContext().getAuthentication()) {
            case BearerTokenAuthentication key -> () -> isKey(key.getToken().getTokenValue());
            case JwtAuthenticationToken jwt -> () -> {
                Instant end = jwt.getToken().getExpiresAt();
                return end == null || Instant.now().isBefore(end);
            };
            case null, default -> () -> true;
        };
    }

    /** Where the database does not answer, nobody knows better. */
    private boolean isKey(String token) {
        try {
            keys.introspect(token);
            return true;
        } catch (BadOpaqueTokenException e) {
            return false;
        } catch (DataAccessException e) {
            return true;
        }
    }
}
