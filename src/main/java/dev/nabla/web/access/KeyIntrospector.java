package dev.nabla.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.nabla.storage.Keys;
import dev.nabla.storage.Owner;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** Knows whose a key is. It asks the database every time: a key that is deleted is one no more, on all replicas. */
@Component
final class KeyIntrospector implements OpaqueTokenIntrospector {

    /** What the authority is called, and the scope of a JWT that gives it. */
    static final String ADMIN_SCOPE = "nabla:admin";
    static final String ADMIN = "SCOPE_" + ADMIN_SCOPE;
    /** The attribute of a principal that has the name of its key. */
    static final String KEY = "key";

    private final Keys keys;
    private final Optional<byte[]> bootstrap;

    KeyIntrospector(Keys keys, AccessSettings settings) {
        this.keys = keys;
        this.bootstrap = Optional.ofNullable(settings.bootstrapKey()).map(KeyIntrospector::hash);
    }

    private static byte[] hash(String text) {
        return Hashing.sha256().hashString(text, UTF_8).asBytes();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        if (bootstrap.filter(hash -> MessageDigest.isEqual(hash, hash(token))).isPresent()) {
            return principal(Owner.LOCAL, true, "bootstrap");
        }
        return AccessKey.parse(token).flatMap(key -> keys.verified(key.id(), key.hash()))
                .map(key -> principal(key.owner(), key.admin(), key.id().toString()))
                .orElseThrow(() -> new BadOpaqueTokenException("there is no such key"));
    }

    private static OAuth2AuthenticatedPrincipal principal(Owner owner, boolean admin, String key) {
        return new DefaultOAuth2AuthenticatedPrincipal(owner.name(), Map.of(KEY, key),
                List.copyOf(AuthorityUtils.createAuthorityList(admin ? new String[] {ADMIN} : new String[0])));
    }
}
