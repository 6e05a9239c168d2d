package dev.nabla.web.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service.
 *
 * @param open without keys, whether everybody may who reaches an address that is not loopback
 * @param bootstrapKey the first key, an administrator's, of 32 characters or more; with it nobody may without a key
 * @param requestsPerMinute of one key (or subject of a token); more are answered with 429 and `Retry-After`
 * @param requestsPerDay the same of a day
 */
@ConfigurationProperties("nabla.access")
public record AccessSettings(@DefaultValue("false") boolean open, @Nullable String bootstrapKey,
        @Nullable Integer requestsPerMinute, @Nullable Integer requestsPerDay) {

    /** Of what a bearer token may have (RFC 6750), what tells it from a JWT: no dot. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_~+/-]{32,}");

    public AccessSettings {
        bootstrapKey = bootstrapKey == null || bootstrapKey.isEmpty() ? null : bootstrapKey;
        if (bootstrapKey != null && !KEY.matcher(bootstrapKey).matches()) {
            throw new IllegalArgumentException("nabla.access.bootstrap-key must be 32 or more of A-Z a-z 0-9 _ ~ + / -, "
                    + "such as `openssl rand -hex 32` prints");
        }
        requireSome("nabla.access.requests-per-minute", requestsPerMinute);
        requireSome("nabla.access.requests-per-day", requestsPerDay);
    }

    private static void requireSome(String property, @Nullable Integer requests) {
        if (requests != null && requests < 1) {
            throw new IllegalArgumentException(property + " must be 1 or more, but is " + requests);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "AccessSettings[open=" + open + ", requestsPerMinute=" + requestsPerMinute + ", requestsPerDay=" + requestsPerDay + "]";
    }
}
