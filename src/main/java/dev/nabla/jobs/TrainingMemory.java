package dev.nabla.jobs;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.NoMemoryException;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.program.OffHeap;
import dev.nabla.training.LeastMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The memory that all trainings of this service may hold together, beside that of its requests. A training says what it
 * holds before it takes it, as it is made ready. One that finds too little gives back what it has and waits for so much to be
 * free; those that fit go before it, but after a time, and for as long, nothing else is taken up, and again and again.
 */
@Component
public class TrainingMemory {

    /** What requests, whose share of the heap is as large, and the service itself leave. */
    private static final double SHARE_OF_HEAP = 0.4;
    private static final double SHARE_OFF_HEAP = 0.5;

    private final MemoryBudget budget;
    private final boolean runsHere;
    private final Duration patience;
    private final Map<UUID, Wait> waiting = new ConcurrentHashMap<>();

    TrainingMemory(TrainingLimits limits, MeterRegistry registry) {
        long heap = limits.maxMemory().toBytes();
        this.budget = new MemoryBudget("trainings", heap > 0 ? heap : (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()),
                () -> (long) (SHARE_OFF_HEAP * OffHeap.limit()));
        this.runsHere = limits.running() > 0;
        this.patience = limits.memoryPatience();
        MemoryMeters.of(budget, "trainings", registry);
        Gauge.builder("nabla.trainings.without.memory", waiting, Map::size)
                .description("Trainings that wait for memory of this service").register(registry);
    }

    /** @param bytes that must be free in the place */
    private record Wait(Place place, long bytes, long since) {}

    /** @throws WorkLimitException if trainings are run here and this one needs more than there ever is, with both numbers */
    public void requirePossible(LeastMemory needed) {
        if (runsHere) {
            budget.requirePossible(Place.HEAP, needed.heap());
            budget.requirePossible(Place.OFF_HEAP, needed.offHeap());
        }
    }

    /**
     * Trains, and gives back at the end what that has taken.
     *
     * @throws WorkLimitException if it needs more than there ever is
     * @throws NoMemoryException if others leave too little
     */
    <T> T given(Supplier<T> training) {
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            return work.call(training);
        }
    }

    /** Notes that a training waits for memory. */
    void waits(UUID training, Place place, long bytes) {
        waiting.merge(training, new Wait(place, bytes, System.nanoTime()), (old, now) -> new Wait(place, bytes, old.since()));
    }

    /** Notes that a training waits until no other holds anything. */
    void waitsForAll(UUID training, Place place) {
        waits(training, place, budget.limit(place));
    }

    /** Notes that a training waits no more. */
    void waitsNoMore(UUID training) {
        waiting.remove(training);
    }

    /** Those that would find too little now, if all that have waited longer were taken up. */
    Set<UUID> withoutRoom() {
        var free = new EnumMap<Place, Long>(Place.class);
        return longestFirst().filter(entry -> {
            Wait wait = entry.getValue();
            long left = free.computeIfAbsent(wait.place(), budget::free) - wait.bytes();
            if (left >= 0) {
                free.put(wait.place(), left);
            }
            return left < 0;
        }).map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    /** The one that has waited longest, if no other is to be taken up before it now. */
    Optional<UUID> first() {
        long now = System.nanoTime();
        return longestFirst().findFirst()
                .filter(entry -> (now - entry.getValue().since()) / patience.toNanos() % 2 == 1).map(Map.Entry::getKey);
    }

    private Stream<Map.Entry<UUID, Wait>> longestFirst() {
        long now = System.nanoTime();
        return Map.copyOf(waiting).entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().since() - now));
    }
}
