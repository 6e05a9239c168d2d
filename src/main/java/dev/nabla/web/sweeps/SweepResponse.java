package dev.nabla.web.sweeps;

import dev.nabla.storage.StoredSweep;
import dev.nabla.storage.TrainingState;
import dev.nabla.training.sweeps.Search;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.TrialValues;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a sweep stands. */
record SweepResponse(UUID id, @Nullable String name, @Schema(description = "In alphabetical order.") List<String> tags,
        @Schema(allowableValues = {"queued", "running", "paused", "succeeded", "failed", "cancelled"},
                description = "queued before the first trial runs, paused where all that are not finished are. Finished: "
                        + "cancelled if it was and that ended a trial, else succeeded if a trial has.") String state,
        Counts counts, Progress progress,
        @Schema(description = "Of the trials that have left a model the one with the lowest loss, or validation loss.")
        @Nullable Best best,
        Map<String, TrialValues> values, int seeds, Search search, StopRule stop, SweepMetric metric, Instant createdAt) {

    /** How many trials are in each state. */
    @Schema(name = "SweepCounts")
    record Counts(int queued, int running, int paused, int succeeded, int failed, int cancelled) {}

    /** How far it is. */
    @Schema(name = "SweepProgress")
    record Progress(int trials, @Schema(description = "The trials that are finished.") int finished,
            @Schema(description = "The epochs of all trials that are over.") long epoch,
            @Schema(description = "Those that there are if no trial ends early.") long epochs, Counts counts,
            @Nullable Best best) {}

    /** The trial that is ranked first of those with a model. */
    @Schema(name = "BestTrial")
    record Best(UUID trainingId, UUID modelId, double loss,
            @Schema(description = "By pointers into the training.", example = "{\"/optimizer/learningRate\": 0.01}")
            Map<String, Object> values) {}

    static SweepResponse of(StoredSweep sweep) {
        var settings = sweep.settings();
        Progress progress = progress(sweep);
        return new SweepResponse(sweep.id(), sweep.labels().name().orElse(null), sweep.labels().tags(), sweep.state().text(),
                progress.counts(), progress, progress.best(), settings.plan().values(), settings.plan().seeds(),
                settings.plan().search(), settings.stop(), settings.metric(), sweep.createdAt());
    }

    private static Progress progress(StoredSweep sweep) {
        var made = sweep.progress();
        return new Progress(made.trials(), made.finished(), made.epoch(), made.epochs(), counts(made.counts()),
                sweep.best().map(best -> new Best(best.training(), best.model(), best.loss(), best.values())).orElse(null));
    }

    private static Counts counts(Map<TrainingState, Integer> counts) {
        return new Counts(counts.getOrDefault(TrainingState.QUEUED, 0), counts.getOrDefault(TrainingState.RUNNING, 0),
                counts.getOrDefault(TrainingState.PAUSED, 0), counts.getOrDefault(TrainingState.SUCCEEDED, 0),
                counts.getOrDefault(TrainingState.FAILED, 0), counts.getOrDefault(TrainingState.CANCELLED, 0));
    }
}
