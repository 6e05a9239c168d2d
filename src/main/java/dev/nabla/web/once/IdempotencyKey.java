package dev.nabla.web.once;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Owner;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What somebody calls a request, so that it can be told when it comes again. What was answered is kept encrypted by it, as
 * the answer may be a secret, and it is not kept itself.
 */
record IdempotencyKey(String text, Owner owner) {

    private static final Pattern VALID = Pattern.compile("[!-~]{1,200}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** @throws InvalidException if it is none */
    IdempotencyKey {
        if (!VALID.matcher(text).matches()) {
            throw wrong("must have 1 to 200 visible ASCII characters");
        }
    }

    /** That something is wrong with the header. */
    static InvalidException wrong(String detail) {
        return new InvalidException(List.of(Problem.of("/" + Once.HEADER, detail)));
    }

    private byte[] derived(String purpose) {
        return Hashing.hmacSha256(text.getBytes(UTF_8)).hashString(purpose + ":" + owner.name(), UTF_8).asBytes();
    }

    /** By what its answer is found. */
    String id() {
        return Hashing.sha256().hashBytes(derived("id")).toString();
    }

    byte[] encrypt(byte[] answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0);
            byte[] encrypted = new byte[NONCE_BYTES + cipher.getOutputSize(answer.length)];
            System.arraycopy(nonce, 0, encrypted, 0, NONCE_BYTES);
            cipher.doFinal(answer, 0, answer.length, encrypted, NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] decrypt(byte[] encrypted) {
        try {
            return cipher(Cipher.DECRYPT_MODE, encrypted, 0).doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int offset) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(derived("answer"), "AES"), new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        return cipher;
    }
}
