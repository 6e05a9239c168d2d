package dev.nabla.web.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Whether everybody may do everything who reaches the service. It is so where neither a key nor an issuer of tokens is
 * configured; then only this machine reaches it, unless the operator has said so in so many words.
 */
@Component
final class Openness {

    private final boolean isOpen;

    /** @throws UnprotectedAddressException if others would reach it, and he has not */
    Openness(AccessSettings settings, ServerProperties server, Environment environment, ObjectProvider<JwtDecoder> issuer) {
        this.isOpen = settings.bootstrapKey() == null && issuer.getIfAvailable() == null;
        if (isOpen && !settings.open()) {
            requireLoopback("server.address", server.getAddress());
            var management = Binder.get(environment).bindOrCreate("management.server", ManagementServerProperties.class);
            // Without an address of its own a port of its own listens on all.
            if (management.getPort() != null && management.getPort() >= 0) {
                requireLoopback("management.server.address", management.getAddress());
            }
        }
    }

    private static void requireLoopback(String property, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new UnprotectedAddressException(property, address);
        }
    }

    boolean isOpen() {
        return isOpen;
    }
}
