package dev.nabla.web.trainings;

import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.web.EventStreams;
import dev.nabla.web.EventStreams.Sight;
import dev.nabla.web.problems.NotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Follows trainings: how far one has come is the number of epochs that are over. */
@Component
public class TrainingEvents {

    private final Trainings trainings;
    private final EventStreams streams;

    TrainingEvents(Trainings trainings, EventStreams streams) {
        this.trainings = trainings;
        this.streams = streams;
    }

    /** The training when it has come to such a state, or as it is after {@code patience}. */
    public StoredTraining await(UUID id, Duration patience, Predicate<TrainingState> isAwaited) {
        return streams.await(id, () -> find(id), patience, training -> isAwaited.test(training.state()));
    }

    ResponseEntity<SseEmitter> follow(UUID id, @Nullable String lastEventId) {
        return streams.follow(id, () -> {
            StoredTraining training = find(id);
            TrainingResponse response = TrainingResponse.of(training);
            return new Sight(training.progress().epoch(), response.progress(), response.state(),
                    Optional.<Object>of(response).filter(_ -> training.state().isFinished()));
        }, lastEventId);
    }

    private StoredTraining find(UUID id) {
        return trainings.find(id).orElseThrow(() -> new NotFoundException("training", id.toString()));
    }
}
