package dev.nabla.web.trainings;

import dev.nabla.storage.Owner;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.web.problems.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Follows trainings by looking at the database, so that it does not matter which replica runs them. An event's id is
 * the number of epochs that are over, or {@value #FINISHED}.
 */
@Component
public class TrainingEvents {

    static final String FINISHED = "finished";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Trainings trainings;

    TrainingEvents(Trainings trainings) {
        this.trainings = trainings;
    }

    /** The training when it has come to such a state, or as it is after {@code patience}. */
    public StoredTraining await(UUID id, Duration patience, Predicate<TrainingState> isAwaited) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            StoredTraining training = find(id);
            if (isAwaited.test(training.state()) || System.nanoTime() >= deadline) {
                return training;
            }
            pause = sleep(pause);
        }
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
            while (true) {
                StoredTraining training = find(id);
                TrainingResponse response = TrainingResponse.of(training);
                if (training.progress().epoch() > sent) {
                    sent = training.progress().epoch();
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().id(String.valueOf(sent)).name("progress")
                            .data(response.progress()));
                }
                if (training.state().isFinished()) {
                    emitter.send(SseEmitter.event().id(FINISHED).name(FINISHED).data(response));
                    emitter.complete();
                    return;
                }
                if (System.nanoTime() - lastSent > KEEP_ALIVE.toNanos()) {
                    lastSent = System.nanoTime();
                    emitter.send(SseEmitter.event().comment("still " + response.state()));
                }
                pause = sleep(pause);
            }
        } catch (IOException | IllegalStateException e) {
            // The client has gone; nobody is left to tell.
            emitter.completeWithError(e);
        } catch (NotFoundException e) {
            emitter.complete();
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
