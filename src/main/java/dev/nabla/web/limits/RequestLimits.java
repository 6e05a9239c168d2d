package dev.nabla.web.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds on every request and its answer.
 *
 * @param maxBodySize larger requests are answered with 413
 * @param maxBodyTime in which the body of a request must have come; a slower one is answered with 408
 * @param maxRequestWork the work of one request, by fixed prices that are near to seconds on one core; more is answered with 422
 * @param maxPrintSize characters of one printed equation, and of the files of one export
 * @param maxRequestTime from when a request's body has come until its answer is made; a longer one is answered with 503
 * @param maxWaitingRequests how many requests may wait to be computed; more are answered with 503. Of requests that prefer
 *     to wait for a training as many do; more are answered at once
 * @param maxRequestMemory of the heap what all requests hold together; 0 for two fifths of it
 * @param maxKeptPrograms of the heap what compiled equations of models hold that are kept for the next request; 0 for a
 *     twentieth of it
 * @param computingThreads how many requests are computed at a time; 0 for as many as there are processors
 */
@ConfigurationProperties("nabla")
public record RequestLimits(@DefaultValue("64MB") DataSize maxBodySize, @DefaultValue("5m") Duration maxBodyTime,
        @DefaultValue("60s") Duration maxRequestWork,
        @DefaultValue("5000000") long maxPrintSize, @DefaultValue("120s") Duration maxRequestTime,
        @DefaultValue("256") int maxWaitingRequests, @DefaultValue("0MB") DataSize maxRequestMemory,
        @DefaultValue("0MB") DataSize maxKeptPrograms, @DefaultValue("0") int computingThreads) {

    public RequestLimits {
        requirePositive("max-body-size", maxBodySize, maxBodySize.toBytes());
        requirePositive("max-body-time", maxBodyTime, maxBodyTime.toNanos());
        requirePositive("max-request-work", maxRequestWork, maxRequestWork.toNanos());
        requirePositive("max-print-size", maxPrintSize, maxPrintSize);
        requirePositive("max-request-time", maxRequestTime, maxRequestTime.toNanos());
        requirePositive("max-request-memory", maxRequestMemory, maxRequestMemory.toBytes() + 1);
        requirePositive("max-kept-programs", maxKeptPrograms, maxKeptPrograms.toBytes() + 1);
        requirePositive("max-waiting-requests", maxWaitingRequests, maxWaitingRequests);
        requirePositive("computing-threads", computingThreads, computingThreads + 1L);
    }

    private static void requirePositive(String name, Object value, long number) {
        if (number <= 0) {
            throw new IllegalArgumentException("nabla." + name + " must be more than 0, but is " + value);
        }
    }
}
