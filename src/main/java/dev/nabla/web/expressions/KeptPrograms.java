package dev.nabla.web.expressions;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.primitives.Ints;
import dev.nabla.expression.Work;
import dev.nabla.web.limits.RequestLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.GuavaCacheMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Equations about models that are compiled, kept for whoever asks for the same again. A model never changes, so they are right
 * as long as it is there, which is asked every time, with its owner.
 */
@Component
public class KeptPrograms {

    private static final double SHARE = 0.05;
    private static final long BYTES_OF_UNIT = 1 << 10;
    /** So that those are not kept whose models were deleted elsewhere. */
    private static final Duration UNUSED = Duration.ofHours(1);

    private final Cache<Equated.Key, Equated> kept;

    KeptPrograms(RequestLimits limits, MeterRegistry registry) {
        long bytes = limits.maxKeptPrograms().toBytes();
        // In one part, as each of several would have its share of the bound only.
        this.kept = CacheBuilder.newBuilder().concurrencyLevel(1).recordStats().expireAfterAccess(UNUSED)
                .maximumWeight((bytes > 0 ? bytes : (long) (SHARE * Runtime.getRuntime().maxMemory())) / BYTES_OF_UNIT)
                .<Equated.Key, Equated>weigher((_, program) -> Ints.saturatedCast(program.bytes() / BYTES_OF_UNIT)).build();
        GuavaCacheMetrics.monitor(registry, kept, "programs");
    }

    /** What is kept of a model; it costs the same work as to make it anew. */
    Optional<Equated> find(Equated.Key key) {
        Optional<Equated> found = Optional.ofNullable(kept.getIfPresent(key));
        found.ifPresent(program -> Work.spend(program.nanos()));
        return found;
    }

    /** Keeps what is of a model, and was compiled. */
    void keep(Equated program) {
        program.key().filter(key -> kept.asMap().get(key) != program).ifPresent(key -> kept.put(key, program));
    }

    /** Keeps nothing of a model any more. */
    public void forget(UUID model) {
        kept.asMap().keySet().removeIf(key -> key.model().equals(model));
    }
}
