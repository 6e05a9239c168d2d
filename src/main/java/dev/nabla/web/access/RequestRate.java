package dev.nabla.web.access;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many requests come with one key, on this replica. */
final class RequestRate {

    private final List<Limit> limits;
    private final LoadingCache<String, Bucket> buckets;

    private RequestRate(List<Limit> limits) {
        this.limits = limits;
        // Of one that was not looked at for so long nothing would be missing any more.
        Duration longest = limits.getLast().time().plusMinutes(1);
        this.buckets = CacheBuilder.newBuilder().expireAfterAccess(longest).build(CacheLoader.from(this::full));
    }

    private record Limit(int requests, Duration time, String text) {}

    /** Nothing where there is no bound. */
    static Optional<RequestRate> of(AccessSettings settings) {
        var limits = new ArrayList<Limit>();
        add(limits, settings.requestsPerMinute(), Duration.ofMinutes(1), " requests a minute (nabla.access.requests-per-minute)");
        add(limits, settings.requestsPerDay(), Duration.ofDays(1), " requests a day (nabla.access.requests-per-day)");
        return limits.isEmpty() ? Optional.empty() : Optional.of(new RequestRate(limits));
    }

    private static void add(List<Limit> limits, @Nullable Integer requests, Duration time, String text) {
        if (requests != null) {
            limits.add(new Limit(requests, time, requests + text));
        }
    }

    private Bucket full() {
        LocalBucketBuilder bucket = Bucket.builder();
        limits.forEach(limit -> bucket.addLimit(full -> full.capacity(limit.requests()).refillGreedy(limit.requests(), limit.time())));
        return bucket.build();
    }

    /** @throws TooManyRequestsException if there were too many lately */
    void count(String key) {
        ConsumptionProbe probe = buckets.getUnchecked(key).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyRequestsException(limits.stream().map(Limit::text).collect(Collectors.joining(" and ")),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }
}
