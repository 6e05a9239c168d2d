package dev.nabla.web;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import dev.nabla.jobs.TrainingLeft;
import dev.nabla.storage.Outage;
import dev.nabla.storage.Owner;
import dev.nabla.web.problems.NotFoundException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Follows what is stored by looking at the database, so that it does not matter which replica works on it; the end of what is
 * worked on here is looked at at once. An event's id is how far that had come, or {@value #FINISHED}. Who follows waits with us
 * while the database is away, and is let go when the service stops: another replica knows as much. Who may not ask any more is let
 * go soon.
 */
@Component
public class EventStreams {

    private static final String FINISHED = "finished";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LOOK_AT_PERMISSION = Duration.ofSeconds(2);
    /** For each who looks, so that all together look a thousand times a second at most. */
    private static final Duration PAUSE_PER_WATCHER = Duration.ofMillis(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Permission permission;
    private final AtomicInteger open = new AtomicInteger();
    /** Who looks at what has such an id. */
    private final SetMultimap<UUID, Thread> watching = Multimaps.synchronizedSetMultimap(HashMultimap.create());
    private volatile boolean stops;

    EventStreams(Permission permission, MeterRegistry registry) {
        this.permission = permission;
        Gauge.builder("nabla.event.streams", open, AtomicInteger::get).description("Event streams that are open").register(registry);
    }

    /**
     * What is seen.
     *
     * @param reached how far it is, never less than before
     * @param progress what is told of that
     * @param end what is told at the end, when it has come
     */
    public record Sight(long reached, Object progress, String state, Optional<Object> end) {}

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stops = true;
    }

    /** One that does not sleep just now sleeps no more before its next look. */
    @EventListener
    void wake(TrainingLeft left) {
        synchronized (watching) {
            watching.get(left.training()).forEach(LockSupport::unpark);
        }
    }

    /** What is seen of what has this id when that is as awaited, or after {@code patience}. */
    public <T> T await(UUID id, Supplier<T> sight, Duration patience, Predicate<T> isAwaited) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = SHORTEST_PAUSE;
        watching.put(id, Thread.currentThread());
        try {
            T seen = sight.get();
            for (long left = patience.toNanos(); !isAwaited.test(seen) && !stops && left > 0;
                    left = deadline - System.nanoTime()) {
                pause = sleep(Collections.min(List.of(pause, Duration.ofNanos(left))));
                seen = look(sight).orElse(seen);
            }
            return seen;
        } finally {
            watching.remove(id, Thread.currentThread());
        }
    }

    /**
     * Sends an event for every progress behind {@code lastEventId}, and one at the end; nothing to whom that was sent already.
     *
     * @param sight throws {@link NotFoundException} once there is nothing to see
     */
    public ResponseEntity<SseEmitter> follow(UUID id, Supplier<Sight> sight, @Nullable String lastEventId) {
        if (FINISHED.equals(lastEventId)) {
            // What tells an EventSource not to connect again (WHATWG HTML, section 9.2.3).
            return ResponseEntity.noContent().build();
        }
        var emitter = new SseEmitter(0L);
        long last = lastEventId != null && lastEventId.matches("\\d{1,18}") ? Long.parseLong(lastEventId) : 0;
        Owner owner = Owner.current();
        BooleanSupplier isAllowed = permission.ofCaller();
        Thread.ofVirtual().name("events-" + id).start(() -> owner.run(() -> send(id, sight, last, isAllowed, emitter)));
        return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(emitter);
    }

    private void send(UUID id, Supplier<Sight> sight, long last, BooleanSupplier isAllowed, SseEmitter emitter) {
        open.incrementAndGet();
        watching.put(id, Thread.currentThread());
        try {
            long sent = last;
            Duration pause = SHORTEST_PAUSE;
            long lastSent = System.nanoTime();
            long lastAllowed = lastSent;
            Sight seen = sight.get();
            while (!stops) {
                if (System.nanoTime() - lastAllowed > LOOK_AT_PERMISSION.toNanos()) {
                    lastAllowed = System.nanoTime();
                    if (!isAllowed.getAsBoolean()) {
                        break;
                    }
                }
                if (seen.reached() > sent) {
                    sent = seen.reached();
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().id(String.valueOf(sent)).name("progress").data(seen.progress()));
                }
                if (seen.end().isPresent()) {
                    emitter.send(SseEmitter.event().id(FINISHED).name(FINISHED).data(seen.end().get()));
                    break;
                }
                if (System.nanoTime() - lastSent > KEEP_ALIVE.toNanos()) {
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().comment("still " + seen.state()));
                }
                pause = sleep(pause);
                seen = look(sight).orElse(seen);
            }
            emitter.complete();
        } catch (NotFoundException e) {
            emitter.complete();
        } catch (IOException | RuntimeException e) {
            // Often the client has gone, and nobody is left to tell.
            emitter.completeWithError(e);
        } finally {
            open.decrementAndGet();
            watching.remove(id, Thread.currentThread());
        }
    }

    /** What is seen now; empty while the database is away. */
    private static <T> Optional<T> look(Supplier<T> sight) {
        try {
            return Optional.of(sight.get());
        } catch (DataAccessException | TransactionException e) {
            if (Outage.isBehind(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sleeps, unless it is woken, and returns how long to sleep next. */
    private Duration sleep(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted");
        }
        Duration longest = Collections.max(List.of(LONGEST_PAUSE, PAUSE_PER_WATCHER.multipliedBy(watching.size())));
        return Collections.min(List.of(pause.multipliedBy(2), longest));
    }
}
