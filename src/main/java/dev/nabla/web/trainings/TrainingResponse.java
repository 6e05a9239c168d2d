package dev.nabla.web.trainings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.losses.Objective;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Warning;
import dev.nabla.program.Precision;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trial;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.Metric;
import dev.nabla.training.TrainingResult.Stop;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a training stands. */
record TrainingResponse(UUID id, @Nullable String name,
        @Schema(description = "In alphabetical order.") List<String> tags,
        @Schema(allowableValues = {"queued", "running", "paused", "succeeded", "failed", "cancelled"}) String state,
        UUID networkId,
        @Schema(description = "Null where every term of the loss has samples of its own.") @Nullable UUID datasetId,
        @Nullable UUID modelId,
        @Schema(description = "Whether it has written parameters that can be got, of its model or of what it has reached so far.")
        boolean hasParameters, Progress progress,
        @Schema(description = "A name, or an object of terms.")
        Objective loss, int epochs, int batchSize,
        boolean shuffle, long seed,
        OptimizerSettings optimizer,
        @Nullable Double gradientClipping, @Nullable Double validationFraction,
        @Nullable EarlyStopping earlyStopping, List<Metric> metrics,
        @Schema(description = "Patterns of the paths of parameters that stay as they are.") List<String> freeze,
        @Schema(description = "By patterns of paths what the learning rate is multiplied by.")
        Map<String, Double> learningRateFactors,
        @Schema(description = "The training that it goes on behind.") @JsonProperty("continue") @Nullable UUID continued,
        @Schema(description = "The model whose parameters it starts from.") @Nullable UUID initialModelId,
        @Schema(description = "The sweep that it is a trial of.") @Nullable UUID sweepId,
        @Schema(description = "What it has of the values of the sweep, by pointers into the training.",
                example = "{\"/optimizer/learningRate\": 0.01}") @Nullable Map<String, Object> sweepValues,
        String engine, Precision precision, int priority, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Schema(description = "The epoch after which it succeeded, where that was not the last.")
        @Nullable Integer stoppedAtEpoch,
        @Schema(description = "Why it succeeded before the last epoch, as by early stopping or since other trials "
                + "of its sweep were better.", example = "no improvement for 20 epochs")
        @Nullable String stopReason,
        @Schema(description = "What happened and at which epoch, where it failed.") @Nullable String error,
        @Schema(description = "What is likely to make it learn badly: columns of inputs whose root mean square is above 100, or of "
                + "targets that are compared with outputs where it is above 10; columns whose numbers are so near to each other, or "
                + "so far from 0, that they are as good as one; targets that no parameters reach, as 3 after tanh.")
        List<Warning> warnings) {

    /** How far it is. */
    @Schema(name = "TrainingProgress")
    record Progress(@Schema(description = "The epochs that are over.") int epoch, int epochs,
            @Schema(description = "Of the last epoch that is over.") @Nullable Double loss,
            @Schema(description = "Of the last epoch that is over; null without validation.")
            @Nullable Double validationLoss, @Schema(description = Coefficients.DESCRIPTION) Map<String, Object> coefficients,
            @Schema(description = "How long it has run, without interruptions.") double elapsedSeconds,
            @Schema(description = "An estimate; null before the first epoch is over.")
            @Nullable Double remainingSeconds) {}

    static TrainingResponse of(StoredTraining training) {
        var settings = training.settings();
        return new TrainingResponse(training.id(), training.labels().name().orElse(null), training.labels().tags(),
                training.state().text(), training.networkId(), training.datasetId().orElse(null), training.modelId().orElse(null),
                training.hasParameters(), progress(training, Instant.now()), settings.loss(), settings.epochs(),
                settings.batchSize(), settings.shuffle(), settings.seed(),
                settings.optimizer(), orNull(settings.gradientClipping()), orNull(settings.validationFraction()),
                settings.earlyStopping().orElse(null), settings.metrics(), settings.freeze(), settings.learningRateFactors(),
                training.continued().orElse(null), training.initialModelId().orElse(null),
                training.trial().map(Trial::sweep).orElse(null), training.trial().map(Trial::values).orElse(null), training.engine(),
                settings.precision(), training.priority(), training.createdAt(), training.startedAt().orElse(null), training.finishedAt().orElse(null),
                training.stop().map(Stop::epoch).orElse(null), training.stop().map(Stop::reason).orElse(null),
                training.error().orElse(null), training.warnings());
    }

    private static @Nullable Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private static Progress progress(StoredTraining training, Instant now) {
        int epochs = training.settings().epochs();
        StoredTraining.Progress made = training.progress();
        double elapsed = elapsed(training, now);
        Double remaining = training.state().isFinished() ? Double.valueOf(0)
                : made.epoch() > training.continuedEpochs() && made.at().isPresent()
                        ? elapsed(training, made.at().get()) / (made.epoch() - training.continuedEpochs()) * (epochs - made.epoch())
                        : null;
        return new Progress(made.epoch(), epochs, orNull(made.loss()), orNull(made.validationLoss()),
                made.coefficients(), elapsed, remaining);
    }

    private static double elapsed(StoredTraining training, Instant now) {
        OptionalDouble written = training.progress().seconds();
        boolean isRunning = training.state() == TrainingState.RUNNING;
        if (written.isEmpty()) {
            return training.startedAt().map(start -> seconds(start, training.finishedAt().orElse(now))).orElse(0.0);
        }
        return written.getAsDouble() + training.progress().at().filter(_ -> isRunning).map(at -> seconds(at, now)).orElse(0.0);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
