package dev.nabla.web.access;

import dev.nabla.storage.Owner;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Knows who bears a token: a key of this service, or a JWT (which has dots) of the issuer that is configured. */
final class BearerTokens implements AuthenticationManager {

    private final OpaqueTokenAuthenticationProvider keys;
    private final Optional<JwtAuthenticationProvider> jwts;

    /** @param decoder of JWTs, if any are accepted */
    BearerTokens(OpaqueTokenIntrospector keys, Optional<JwtDecoder> decoder) {
        this.keys = new OpaqueTokenAuthenticationProvider(keys);
        this.jwts = decoder.map(JwtAuthenticationProvider::new);
    }

    @Override
    public Authentication authenticate(Authentication bearer) {
        boolean isJwt = ((BearerTokenAuthenticationToken) bearer).getToken().contains(".");
        try {
            Authentication known = isJwt && jwts.isPresent() ? jwts.get().authenticate(bearer) : keys.authenticate(bearer);
            if (known == null || !Owner.isName(known.getName())) {
                throw new InvalidBearerTokenException("the subject of the token cannot own anything");
            }
            return known;
        } catch (AuthenticationServiceException | JwtDecoderInitializationException | DataAccessException e) {
            throw new UnverifiedException(e);
        }
    }
}
