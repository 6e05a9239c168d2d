package dev.nabla.web.access;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** How many requests come with one key, on this replica. */
final class RequestRate {

    private final int perMinute;
    private final LoadingCache<String, Bucket> buckets;

    RequestRate(int perMinute) {
        this.perMinute = perMinute;
        // Of one that was not looked at for so long nothing would be missing any more.
        this.buckets = CacheBuilder.newBuilder().expireAfterAccess(Duration.ofMinutes(2)).build(CacheLoader.from(() ->
                Bucket.builder().addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build()));
    }

    /** @throws TooManyRequestsException if there were too many in the last minute */
    void count(String key) {
        ConsumptionProbe probe = buckets.getUnchecked(key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyRequestsException(perMinute, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }
}
