package dev.nabla.web;

import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.training.AdamSettings;
import dev.nabla.training.EquationLoss;
import dev.nabla.training.Loss;
import dev.nabla.training.Objective;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a training stands. */
record TrainingResponse(UUID id,
        @Schema(allowableValues = {"queued", "running", "succeeded", "failed", "cancelled"}) String state,
        UUID networkId, UUID datasetId, @Nullable UUID modelId, Progress progress,
        @Schema(description = "A name, or an object of terms.", types = {"string", "object"}, implementation = Object.class)
        Object loss, int batchSize,
        boolean shuffle, long seed, Optimizer optimizer, String engine, Instant createdAt,
        @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Schema(description = "What happened and at which epoch, where it failed.") @Nullable String error) {

    /** How far it is. */
    record Progress(@Schema(description = "The epochs that are over.") int epoch, int epochs,
            @Schema(description = "Of the last epoch that is over.") @Nullable Double loss, double elapsedSeconds,
            @Schema(description = "An estimate; null before the first epoch is over.")
            @Nullable Double remainingSeconds) {}

    /** The optimizer and its hyperparameters. */
    record Optimizer(String type, double learningRate, double beta1, double beta2, double epsilon) {

        static Optimizer of(AdamSettings adam) {
            return new Optimizer("adam", adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
        }
    }

    static TrainingResponse of(StoredTraining training) {
        var settings = training.settings();
        return new TrainingResponse(training.id(), training.state().text(), training.networkId(),
                training.datasetId(), training.modelId().orElse(null), progress(training, Instant.now()),
                loss(settings.loss()), settings.batchSize(), settings.shuffle(), settings.seed(),
                Optimizer.of(settings.optimizer()), training.engine(), training.createdAt(),
                training.startedAt().orElse(null), training.finishedAt().orElse(null), training.error().orElse(null));
    }

    private static Object loss(Objective loss) {
        return switch (loss) {
            case Loss named -> named.text();
            case EquationLoss equations -> new LossRequest.Terms(equations.terms().stream()
                    .map(term -> new LossRequest.Term(term.equation(), term.dataset().map(UUID::toString).orElse(null),
                            term.weight())).toList());
        };
    }

    private static Progress progress(StoredTraining training, Instant now) {
        int epochs = training.settings().epochs();
        double elapsed = training.startedAt()
                .map(start -> seconds(start, training.finishedAt().orElse(now))).orElse(0.0);
        Double remaining = training.state().isFinished() ? Double.valueOf(0)
                : training.state() == TrainingState.RUNNING && training.progressAt().isPresent()
                        ? seconds(training.startedAt().orElseThrow(), training.progressAt().get()) / training.epoch()
                                * (epochs - training.epoch())
                        : null;
        return new Progress(training.epoch(), epochs,
                training.loss().isPresent() ? training.loss().getAsDouble() : null, elapsed, remaining);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
