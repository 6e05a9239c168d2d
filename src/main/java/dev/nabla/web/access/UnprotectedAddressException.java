package dev.nabla.web.access;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service would be open to others than this machine, and nobody has said that it should. */
final class UnprotectedAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param address on which it would listen; all if null */
    UnprotectedAddressException(@Nullable InetAddress address) {
        super("server.address is " + Optional.ofNullable(address).map(InetAddress::getHostAddress).orElse("every address of this machine")
                + ", which is not loopback, and no key is asked for: whoever reaches it could read, change and delete everything");
    }
}
