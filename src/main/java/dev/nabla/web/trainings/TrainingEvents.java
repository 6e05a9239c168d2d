package dev.nabla.web.trainings;

import dev.nabla.storage.Outage;
import dev.nabla.storage.Owner;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.web.problems.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Follows trainings by looking at the database, so that it does not matter which replica runs them. An event's id is
 * the number of epochs that are over, or {@value #FINISHED}. Who follows waits with us while the database is away, and is
 * let go when the service stops: another replica knows as much.
 */
@Component
public class TrainingEvents {

    static final String FINISHED = "finished";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Trainings trainings;
    private volatile boolean stops;

    TrainingEvents(Trainings trainings) {
        this.trainings = trainings;
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stops = true;
    }

    /** The training when it has come to such a state, or as it is after {@code patience}. */
    public StoredTraining await(UUID id, Duration patience, Predicate<TrainingState> isAwaited) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = SHORTEST_PAUSE;
        StoredTraining training = find(id);
        while (!isAwaited.test(training.state()) && !stops && System.nanoTime() < deadline) {
            pause = sleep(pause);
            training = look(id).orElse(training);
        }
        return training;
    }

    /** Sends an event for every progress behind {@code lastEventId}, and one at the end. */
    SseEmitter follow(UUID id, @Nullable String lastEventId) {
        var emitter = new SseEmitter(0L);
        int lastEpoch = lastEventId != null && lastEventId.matches("\\d{1,9}") ? Integer.parseInt(lastEventId) : 0;
        Owner owner = Owner.current();
        Thread.ofVirtual().name("events-" + id).start(() -> owner.run(() -> send(id, lastEpoch, emitter)));
        return emitter;
    }

    private void send(UUID id, int lastEpoch, SseEmitter emitter) {
        try {
            int sent = lastEpoch;
            Duration pause = SHORTEST_PAUSE;
            long lastSent = System.nanoTime();
            StoredTraining training = find(id);
            while (!stops) {
                TrainingResponse response = TrainingResponse.of(training);
                if (training.progress().epoch() > sent) {
                    sent = training.progress().epoch();
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().id(String.valueOf(sent)).name("progress")
                            .data(response.progress()));
                }
                if (training.state().isFinished()) {
                    emitter.send(SseEmitter.event().id(FINISHED).name(FINISHED).data(response));
                    break;
                }
                if (System.nanoTime() - lastSent > KEEP_ALIVE.toNanos()) {
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().comment("still " + response.state()));
                }
                pause = sleep(pause);
                training = look(id).orElse(training);
            }
            emitter.complete();
        } catch (NotFoundException e) {
            emitter.complete();
        } catch (IOException | RuntimeException e) {
            // Often the client has gone, and nobody is left to tell.
            emitter.completeWithError(e);
        }
    }

    /** The training as it is now; empty while the database is away. */
    private Optional<StoredTraining> look(UUID id) {
        try {
            return Optional.of(find(id));
        } catch (DataAccessException | TransactionException e) {
            if (Outage.isBehind(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private StoredTraining find(UUID id) {
        return trainings.find(id).orElseThrow(() -> new NotFoundException("training", id.toString()));
    }

    /** Sleeps, and returns how long to sleep next. */
    private static Duration sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
}
