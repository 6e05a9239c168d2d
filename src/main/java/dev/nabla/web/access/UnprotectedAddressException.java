package dev.nabla.web.access;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service would be open to others than this machine, and nobody has said that it should. */
final class UnprotectedAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param property that says on which it would listen
     * @param address null for all
     */
    UnprotectedAddressException(String property, @Nullable InetAddress address) {
        super(property + " is " + Optional.ofNullable(address).map(InetAddress::getHostAddress)
                .orElse("every address of this machine") + ", which is not loopback, and no key is asked for: whoever "
                + "reaches it could read, change and delete everything");
    }
}
