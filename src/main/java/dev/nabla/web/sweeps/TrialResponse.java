package dev.nabla.web.sweeps;

import dev.nabla.storage.RankedTrial;
import dev.nabla.storage.StoredTraining;
import dev.nabla.training.TrainingResult.Stop;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A training among the others of its sweep. */
@Schema(name = "Trial")
record TrialResponse(@Schema(description = "From 1.") int rank, UUID trainingId, @Nullable UUID modelId,
        @Schema(allowableValues = {"queued", "running", "paused", "succeeded", "failed", "cancelled"}) String state,
        @Schema(description = "By pointers into the training.", example = "{\"/optimizer/learningRate\": 0.01}")
        Map<String, Object> values, long seed,
        @Schema(description = "By which it is ranked. With the metric loss that of its model and, before there is one, that of the "
                + "last epoch; with validationLoss the lowest of its epochs.") @Nullable Double loss,
        @Schema(description = "The epochs that are over.") int epoch, int epochs, @Nullable String stopReason,
        @Nullable String error) {

    static TrialResponse of(RankedTrial trial) {
        StoredTraining training = trial.training();
        return new TrialResponse(trial.rank(), training.id(), training.modelId().orElse(null), training.state().text(),
                training.trial().orElseThrow().values(), training.settings().seed(),
                trial.loss().isPresent() ? trial.loss().getAsDouble() : null, training.progress().epoch(),
                training.settings().epochs(), training.stop().map(Stop::reason).orElse(null), training.error().orElse(null));
    }
}
