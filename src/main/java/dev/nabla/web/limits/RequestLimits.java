package dev.nabla.web.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds on every request and its answer.
 *
 * @param maxBodySize larger requests are answered with 413
 * @param maxRequestWork the work of one request, by fixed prices that are near to seconds on one core; more is answered with 422
 * @param maxPrintSize characters of one printed equation
 */
@ConfigurationProperties("nabla")
public record RequestLimits(@DefaultValue("64MB") DataSize maxBodySize, @DefaultValue("60s") Duration maxRequestWork,
        @DefaultValue("5000000") long maxPrintSize) {

    public RequestLimits {
        requirePositive("max-body-size", maxBodySize, maxBodySize.toBytes());
        requirePositive("max-request-work", maxRequestWork, maxRequestWork.toNanos());
        requirePositive("max-print-size", maxPrintSize, maxPrintSize);
    }

    private static void requirePositive(String name, Object value, long number) {
        if (number <= 0) {
            throw new IllegalArgumentException("nabla." + name + " must be more than 0, but is " + value);
        }
    }
}
