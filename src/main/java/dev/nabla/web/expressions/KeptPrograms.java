package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalCause;
import com.google.common.cache.RemovalNotification;
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

    private final Cache<Equated.Key, Weighed> kept;

    KeptPrograms(RequestLimits limits, MeterRegistry registry) {
        long bytes = limits.maxKeptPrograms().toBytes();
        // In one part, as each of several would have its share of the bound only.
        this.kept = CacheBuilder.newBuilder().concurrencyLevel(1).recordStats().expireAfterAccess(UNUSED)
                .maximumWeight((bytes > 0 ? bytes : (long) (SHARE * Runtime.getRuntime().maxMemory())) / BYTES_OF_UNIT)
                .<Equated.Key, Weighed>weigher((_, program) -> Ints.saturatedCast(program.bytes / BYTES_OF_UNIT))
                .removalListener(KeptPrograms::removed).build();
        GuavaCacheMetrics.monitor(registry, kept, "programs");
    }

    /** @param bytes what it held when it was put here */
    private record Weighed(Equated program, long bytes) {}

    private static void removed(RemovalNotification<Equated.Key, Weighed> removed) {
        if (removed.getCause() != RemovalCause.REPLACED) {
            requireNonNull(removed.getValue()).program.close();
        }
    }

    /** What is kept of a model; it costs the same work as to make it anew. */
    Optional<Equated> find(Equated.Key key) {
        Optional<Equated> found = Optional.ofNullable(kept.getIfPresent(key)).map(Weighed::program);
        found.ifPresent(program -> Work.spend(program.nanos()));
        return found;
    }

    /** Keeps what is of a model, and was computed; weighs it anew if it has grown. */
    void keep(Equated program) {
        program.key().ifPresent(key -> {
            Weighed present = kept.asMap().get(key);
            if (present == null || present.program == program && present.bytes < program.bytes()) {
                kept.put(key, new Weighed(program, program.bytes()));
            } else if (present.program != program) {
                program.close();
            }
        });
    }

    /** Keeps nothing of a model any more. */
    public void forget(UUID model) {
        kept.asMap().keySet().removeIf(key -> key.model().equals(model));
    }
}
