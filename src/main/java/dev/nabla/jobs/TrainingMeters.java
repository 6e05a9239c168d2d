package dev.nabla.jobs;

import com.google.common.base.Suppliers;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.storage.Trainings.Unfinished;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What can be read of the trainings at any time: those of all services from the database, and what this one does. */
@Component
class TrainingMeters {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingMeters.class);
    private static final Duration AGE_OF_ANSWER = Duration.ofSeconds(5);

    private final AtomicInteger here = new AtomicInteger();
    private final Counter steps;
    private final Timer states;
    private final Counter bytes;
    private final Counter lost;
    private final Counter resumptions;

    TrainingMeters(MeterRegistry registry, Trainings trainings) {
        Supplier<Optional<Map<TrainingState, Unfinished>>> unfinished =
                Suppliers.memoizeWithExpiration(() -> ask(trainings), AGE_OF_ANSWER);
        Stream.of(TrainingState.values()).filter(state -> !state.isFinished()).forEach(state ->
                Gauge.builder("nabla.trainings.unfinished", () -> of(unfinished.get(), state, Unfinished::trainings))
                        .description("Trainings, of all services, that are not finished").tag("state", state.text())
                        .register(registry));
        Gauge.builder("nabla.trainings.queue.age", () -> of(unfinished.get(), TrainingState.QUEUED, TrainingMeters::age))
                .description("How long ago the oldest of the trainings that wait was posted").baseUnit("seconds").register(registry);
        Gauge.builder("nabla.trainings.here", here, AtomicInteger::get).description("Trainings that this service has in memory")
                .register(registry);
        steps = Counter.builder("nabla.training.steps").description("Steps of the epochs that are over").register(registry);
        states = Timer.builder("nabla.training.states")
                .description("States written, from which trainings can be taken up").register(registry);
        bytes = Counter.builder("nabla.training.states.written").baseUnit("bytes").description("What these states had")
                .register(registry);
        lost = Counter.builder("nabla.training.leases.lost").description("Trainings left to the service that took them up")
                .register(registry);
        resumptions = Counter.builder("nabla.training.resumptions")
                .description("Trainings taken up that had been run before").register(registry);
    }

    private static Optional<Map<TrainingState, Unfinished>> ask(Trainings trainings) {
        try {
            return Optional.of(trainings.unfinished());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Without the database nobody knows how many trainings there are", e);
            return Optional.empty();
        }
    }

    /** 0 where there are none, and not a number where nobody knows. */
    private static double of(Optional<Map<TrainingState, Unfinished>> unfinished, TrainingState state,
            ToDoubleFunction<Unfinished> number) {
        return unfinished.map(states -> states.containsKey(state) ? number.applyAsDouble(states.get(state)) : 0)
                .orElse(Double.NaN);
    }

    private static double age(Unfinished trainings) {
        return Math.max(0, Duration.between(trainings.oldest(), Instant.now()).toMillis() / 1e3);
    }

    /** @param isAgain whether it has been run before */
    void takenUp(boolean isAgain) {
        here.incrementAndGet();
        if (isAgain) {
            resumptions.increment();
        }
    }

    void left() {
        here.decrementAndGet();
    }

    void lost() {
        lost.increment();
    }

    void made(int ofSteps) {
        steps.increment(ofSteps);
    }

    /** A state has been written. */
    void wrote(int ofBytes, Duration time) {
        bytes.increment(ofBytes);
        states.record(time);
    }
}
