package dev.nabla.storage;

import dev.nabla.documents.Labels;
import dev.nabla.problems.Warning;
import dev.nabla.training.TrainingResult.Stop;
import dev.nabla.training.TrainingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A training that was posted.
 *
 * @param datasetId its own dataset; there is none where every term of its loss has other samples
 * @param engine the name of the engine that was asked for
 * @param initialModelId the model whose parameters it starts from, if any
 * @param continued the training that it goes on behind, if any
 * @param continuedEpochs the epochs of that one, which are the first of this
 * @param priority 0 to 9; of one owner's, a higher one goes first and gets more of the processors
 * @param trial what it is of a sweep, if it is of one
 * @param modelId what it left, once it has
 * @param hasParameters whether it has written some that can be got: those of a state, or of its model
 * @param stop why it ended before its last epoch without being cancelled
 * @param error why it failed
 * @param warnings what was said of it when it was accepted
 */
public record StoredTraining(UUID id, UUID networkId, Optional<UUID> datasetId, Labels labels,
        TrainingSettings settings, String engine,
        Optional<UUID> initialModelId, Optional<UUID> continued, int continuedEpochs,
        int priority, Optional<Trial> trial, TrainingState state, Optional<UUID> modelId,
        boolean hasParameters, Progress progress, Optional<Stop> stop, Optional<String> error, List<Warning> warnings, Instant createdAt,
        Optional<Instant> startedAt, Optional<Instant> finishedAt) implements Stored {

    /**
     * How far it is.
     *
     * @param epoch the epochs that are over
     * @param loss of the last of these
     * @param validationLoss of the last of these, where there is validation
     * @param coefficients by name, after the last of these
     * @param at when the last of these was over
     * @param seconds that it had run when this was written; empty of trainings of earlier versions
     */
    public record Progress(int epoch, OptionalDouble loss, OptionalDouble validationLoss,
            Map<String, Object> coefficients, Optional<Instant> at, OptionalDouble seconds) {}
}
