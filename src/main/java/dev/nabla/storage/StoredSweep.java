package dev.nabla.storage;

import dev.nabla.documents.Labels;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Trainings that are tried together.
 *
 * @param best of those trials that have left a model
 */
public record StoredSweep(UUID id, Labels labels, Settings settings, boolean cancelled, Progress progress,
        Optional<Best> best, Instant createdAt) implements Stored {

    /** What was asked for. */
    public record Settings(SweepPlan plan, StopRule stop, SweepMetric metric) {}

    /**
     * How far it is.
     *
     * @param counts how many of its trials are in each state
     * @param epoch the epochs of all trials that are over
     * @param epochs those that there are if no trial ends early
     */
    public record Progress(Map<TrainingState, Integer> counts, long epoch, long epochs) {

        public int trials() {
            return counts.values().stream().mapToInt(count -> count).sum();
        }

        public int finished() {
            return counts.entrySet().stream().filter(entry -> entry.getKey().isFinished()).mapToInt(Map.Entry::getValue)
                    .sum();
        }

        private int in(TrainingState state) {
            return counts.getOrDefault(state, 0);
        }
    }

    /**
     * The trial whose model has the lowest metric.
     *
     * @param values by pointers
     */
    public record Best(UUID training, UUID model, double loss, Map<String, Object> values) {}

    /** Where it stands as a whole: what its trials are, and of finished ones what most can be said of. */
    public TrainingState state() {
        int unfinished = progress.trials() - progress.finished();
        if (unfinished > 0) {
            return progress.in(TrainingState.PAUSED) == unfinished ? TrainingState.PAUSED
                    : progress.in(TrainingState.QUEUED) == progress.trials() ? TrainingState.QUEUED
                    : TrainingState.RUNNING;
        }
        return cancelled && progress.in(TrainingState.CANCELLED) > 0 ? TrainingState.CANCELLED
                : progress.in(TrainingState.SUCCEEDED) > 0 || progress.trials() == 0 ? TrainingState.SUCCEEDED
                : progress.in(TrainingState.FAILED) > 0 ? TrainingState.FAILED : TrainingState.CANCELLED;
    }
}
