package dev.nabla.web.trainings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.documents.OneOf;
import dev.nabla.jobs.EngineName;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Objective;
import dev.nabla.network.NetworkDocument;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Problem;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ValidationSplit;
import dev.nabla.web.datasets.DatasetRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A network, a dataset and how the one is to be trained on the other. */
public record TrainingRequest(
        @Schema(description = "A free label, which the model has too.", example = "bell, 5 a batch")
        @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once; the model has them too.", example = "[\"demo\"]")
        @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Nullable NetworkDocument network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable UUID networkId,
        @Nullable DatasetRequest dataset,
        @Schema(description = "The id of a stored dataset, instead of dataset.") @Nullable UUID datasetId,
        @Schema(description = "\"mse\", \"relative-l2\", \"hamiltonian\", or terms written as equations: the loss is the "
                + "sum of weight * mean over the samples of the squared equation.", example = "mse")
        @JsonProperty(defaultValue = "mse") Objective loss,
        @Schema(description = "How often every sample is visited.", example = "1000") @Min(1) @Max(10_000_000)
        @JsonProperty(defaultValue = "100") int epochs,
        @Schema(description = "Samples per step; 32 if left out. With lbfgs all of them, and nothing less may be given.",
                example = "10") @Min(1) @Nullable Integer batchSize,
        @Schema(description = "A new order in every epoch.") @JsonProperty(defaultValue = "true") boolean shuffle,
        @Schema(description = "Decides initial parameters and orders; chosen and reported if left out.",
                example = "42") @Nullable Long seed,
        @JsonProperty(defaultValue = "{\"type\": \"adam\"}") OptimizerSettings optimizer,
        @Schema(description = "The largest Euclidean norm of a gradient, which is scaled down to it before the update;"
                + " no limit if left out.", example = "1") @Positive @Nullable Double gradientClipping,
        @Schema(description = "The part of the rows, chosen from the seed, that are not trained on and give the"
                + " validation loss (terms of a loss with a dataset of their own keep all of it); none if left out.",
                example = "0.2") @Positive @DecimalMax(value = "1", inclusive = false) @Nullable Double validationFraction,
        @Nullable EarlyStopping earlyStopping,
        @Schema(description = "Arrays by layer and letter; Glorot uniform weights and zero biases if left out.")
        @Nullable Map<String, Object> initialParameters,
        @Schema(description = "Instead of initialParameters: the id of a model of a network of the same shape, to start"
                + " from its parameters.") @Nullable UUID initialModelId,
        @JsonProperty(defaultValue = "auto") EngineName engine) implements Checked {

    private static final int DEFAULT_BATCH_SIZE = 32;

    /** A seed that is chosen here is below this, so that every JSON reader keeps it exactly. */
    private static final long SEED_BOUND = 1L << 53;

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        new OneOf(wrong).field("network", network).field("networkId", networkId).one().ifPresent(problems::add);
        new OneOf(wrong).field("dataset", dataset).field("datasetId", datasetId).one().ifPresent(problems::add);
        new OneOf(wrong).field("initialParameters", initialParameters).field("initialModelId", initialModelId).atMostOne()
                .ifPresent(problems::add);
        if (gradientClipping != null && !(optimizer instanceof FirstOrderSettings)) {
            problems.add(Problem.of("/gradientClipping",
                    "is for optimizers that step along the gradient of a batch; this one limits its steps itself"));
        }
        if (validationFraction != null && loss instanceof EquationLoss equations
                && equations.terms().stream().allMatch(term -> term.dataset().isPresent())) {
            problems.add(Problem.of("/validationFraction",
                    "is of rows of the training's own dataset, which no term of the loss uses"));
        }
        return problems;
    }

    Labels labels() {
        return Labels.valid(name, tags);
    }

    /** What is wrong with it for a dataset of so many samples. */
    List<Problem> problemsWith(int samples) {
        var problems = new ArrayList<Problem>();
        if (batchSize != null && optimizer instanceof LbfgsSettings && batchSize < samples) {
            problems.add(Problem.of("/batchSize",
                    "must be all " + samples + " samples with lbfgs, or be left out, was " + batchSize));
        }
        if (validationFraction != null) {
            int rows = ValidationSplit.validationRows(samples, validationFraction);
            if (rows == 0 || rows == samples) {
                problems.add(Problem.of("/validationFraction",
                        "must leave rows on both sides, gives " + rows + " of " + samples + " to validation"));
            }
        }
        return problems;
    }

    /** The settings for a dataset of so many samples, with what was left out filled in. */
    TrainingSettings settings(int samples) {
        return new TrainingSettings(loss, epochs, batchSize != null ? batchSize
                : optimizer instanceof LbfgsSettings ? samples : DEFAULT_BATCH_SIZE, shuffle,
                seed != null ? seed : ThreadLocalRandom.current().nextLong(SEED_BOUND), optimizer, optional(gradientClipping),
                optional(validationFraction), Optional.ofNullable(earlyStopping));
    }

    private static OptionalDouble optional(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
