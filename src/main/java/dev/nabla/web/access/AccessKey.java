package dev.nabla.web.access;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A key as its bearer has it: the id by which it is found, and a secret.
 *
 * @param secret {@value #SECRET_BYTES} random bytes
 */
record AccessKey(UUID id, byte[] secret) {

    private static final String PREFIX = "nabla_";
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static AccessKey random() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new AccessKey(UUID.randomUUID(), secret);
    }

    /** Empty for what is none. */
    static Optional<AccessKey> parse(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
                if (bytes.length == ID_BYTES + SECRET_BYTES) {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    return Optional.of(new AccessKey(new UUID(buffer.getLong(), buffer.getLong()),
                            Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base64: the same answer as for one of another length.
        }
        return Optional.empty();
    }

    String text() {
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).put(secret).array();
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What is stored. A slow hash, as of passwords, would protect what can be guessed; nobody guesses 256 random bits, and every
     * request is to be checked.
     */
    byte[] hash() {
        return Hashing.sha256().hashBytes(secret).asBytes();
    }
}
