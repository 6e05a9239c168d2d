package dev.nabla.web.trainings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.DatasetRequest;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.documents.OneOf;
import dev.nabla.jobs.EngineName;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Objective;
import dev.nabla.losses.TermWeights;
import dev.nabla.network.NetworkDocument;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Problem;
import dev.nabla.program.Precision;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.Metric;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ValidationSplit;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
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
        @Schema(description = "The id of a stored dataset, instead of dataset. Neither is needed where every term of the loss has "
                + "samples of its own.") @Nullable UUID datasetId,
        @Schema(description = "A name, or terms written as equations: the loss is the sum of weight * mean over the samples of "
                + "what the term's loss makes of the equation. \"mse\", \"mae\" and \"huber\" are means over samples and outputs "
                + "of the squared error, the absolute error and Huber's function of the error with delta 1 (for another one, a "
                + "term \"outputs - targets\" with {\"huber\": delta}). \"cross-entropy\" is of targets that are a column for "
                + "each class, 1 or a probability in it, and \"binary-cross-entropy\" of targets between 0 and 1; for both the "
                + "outputs are logits, unless the network ends in softmax or sigmoid: then they are the probabilities, and the "
                + "loss is computed from what those are of, without loss of digits.", example = "mse")
        @JsonProperty(defaultValue = "mse") Objective loss,
        @Schema(description = "How often every sample is visited.", example = "1000") @Min(1) @Max(10_000_000)
        @JsonProperty(defaultValue = "100") int epochs,
        @Schema(description = "Samples per step; 32 if left out. With lbfgs, ssbroyden, newton and gauss-newton all "
                + "of them, and nothing less may be given.",
                example = "10") @Min(1) @Nullable Integer batchSize,
        @Schema(description = "A new order in every epoch.") @JsonProperty(defaultValue = "true") boolean shuffle,
        @Schema(description = "Decides initial parameters and orders; chosen and reported if left out.",
                example = "42") @Nullable Long seed,
        @JsonProperty(defaultValue = "{\"type\": \"adam\"}") OptimizerSettings optimizer,
        @Schema(description = "The largest Euclidean norm of a gradient, which is scaled down to it before the update;"
                + " no limit if left out.", example = "1") @Positive @Nullable Double gradientClipping,
        @Schema(description = "The part of the rows, chosen from the seed, that are not trained on and give the"
                + " validation loss (terms of a loss with a dataset of their own keep all of it, and points that are drawn are"
                + " those of the first epoch); none if left out.",
                example = "0.2") @Positive @DecimalMax(value = "1", inclusive = false) @Nullable Double validationFraction,
        @Nullable EarlyStopping earlyStopping,
        @Schema(description = Metric.DESCRIPTION, example = "[\"r2\"]") @JsonProperty(defaultValue = "[]") List<Metric> metrics,
        @Schema(description = "Paths of parameters that stay as they are, or patterns of paths in which * stands for any "
                + "characters. So do coefficients that are not trainable, and the numbers of a normalization.",
                example = "[\"L1.*\"]") @Size(max = TrainingRequest.MAX_PATTERNS)
        @JsonProperty(defaultValue = "[]") List<String> freeze,
        @Schema(description = "By paths, or patterns of paths, what the learning rate is multiplied by for these parameters; 1 "
                + "if left out. No two may be of one parameter.", example = "{\"L2.b\": 10}")
        @Size(max = TrainingRequest.MAX_PATTERNS) @JsonProperty(defaultValue = "{}") Map<String, @Positive Double> learningRateFactors,
        @Schema(description = "Numbers and arrays in objects by the names of their paths. What is left out begins as it would "
                + "without: Glorot uniform weights, zero biases, coefficients with their initial values.")
        @Nullable Map<String, Object> initialParameters,
        @Schema(description = "Instead of initialParameters: the id of a model of a network of the same shape, to start"
                + " from its parameters.") @Nullable UUID initialModelId,
        @Schema(description = "The id of a training that has succeeded without stopping before its last epoch, to go on behind it "
                + "as if it had had so many epochs: to the last bit. Then epochs are all, those before included, and nothing "
                + "else may be given but name, tags and priority; a schedule that fell to its last epoch stays where it was then.")
        @JsonProperty("continue") @Nullable UUID continued,
        @JsonProperty(defaultValue = "auto") EngineName engine,
        @Schema(description = "single multiplies large matrices (from 32 rows, columns and terms of a sum on) in single "
                + "precision, computes tanh and the sigmoid of layers as large in it and holds their values, and the moments "
                + "of Adam for many parameters, in it, which is faster for layers of 64 units and more, and all else in double. "
                + "Only for optimizers with a learning rate.")
        @JsonProperty(defaultValue = "double") Precision precision,
        @Schema(description = "Of one owner's trainings, what is higher runs first, and beside others gets twice the time of "
                + "the processors for each step.", example = "5") @Min(0) @Max(9)
        @JsonProperty(defaultValue = "5") int priority) implements Checked {

    static final int MAX_PATTERNS = 1_000;
    private static final Set<String> OF_CONTINUATIONS = Set.of("name", "tags", "continue", "epochs", "priority");
    private static final int DEFAULT_BATCH_SIZE = 32;

    /** A seed that is chosen here is below this, so that every JSON reader keeps it exactly. */
    private static final long SEED_BOUND = 1L << 53;

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        new OneOf(wrong).field("network", network).field("networkId", networkId).one().ifPresent(problems::add);
        var samples = new OneOf(wrong).field("dataset", dataset).field("datasetId", datasetId);
        (wrong.contains("loss") || !needsDataset() ? samples.atMostOne() : samples.one()).ifPresent(problems::add);
        if (!metrics.isEmpty() && !wrong.contains("loss")) {
            Metric.problems(metrics, loss).forEach(problem -> problems.add(problem.within("/metrics")));
        }
        new OneOf(wrong).field("initialParameters", initialParameters).field("initialModelId", initialModelId).atMostOne()
                .ifPresent(problems::add);
        if (loss instanceof EquationLoss equations && equations.weights() != TermWeights.FIXED
                && !(optimizer instanceof FirstOrderSettings)) {
            problems.add(Problem.of("/loss/weights", "must be fixed with this optimizer, whose steps are measured by one and the "
                    + "same loss"));
        }
        if (optimizer instanceof GaussNewtonSettings && loss != null) {
            loss.differenceFromSquares().ifPresent(problem -> problems.add(problem.within("/loss")));
        }
        if (gradientClipping != null && !(optimizer instanceof FirstOrderSettings)) {
            problems.add(Problem.of("/gradientClipping",
                    "is for optimizers that step along the gradient of a batch; this one limits its steps itself"));
        }
        if (precision == Precision.SINGLE && !(optimizer instanceof FirstOrderSettings)) {
            problems.add(Problem.of("/precision", "must be double with this optimizer, which needs more digits than single has"));
        }
        if (precision == Precision.SINGLE && engine == EngineName.ND4J) {
            problems.add(Problem.of("/precision", "must be double on the engine nd4j, kernels compute in single too"));
        }
        if (!learningRateFactors.isEmpty() && !(optimizer instanceof FirstOrderSettings)) {
            problems.add(Problem.of("/learningRateFactors", "are for optimizers with a learning rate, which this one does not "
                    + "have; to keep parameters as they are, use freeze"));
        }
        if (validationFraction != null && loss instanceof EquationLoss equations
                && !equations.usesOwnDataset()) {
            problems.add(Problem.of("/validationFraction",
                    "is of rows of the training's own dataset, which no term of the loss uses"));
        }
        return problems;
    }

    @Override
    public List<Problem> problems(Set<String> wrong, Set<String> given) {
        if (!given.contains("continue")) {
            return problems(wrong);
        }
        var problems = new ArrayList<Problem>();
        given.stream().filter(field -> !OF_CONTINUATIONS.contains(field)).sorted().forEach(field -> problems.add(Problem.of(
                "/" + field, "must be left out: it is that of the training that goes on")));
        if (!given.contains("epochs")) {
            problems.add(Problem.of("/epochs", "is missing, must be how many there are in all"));
        }
        Labels.of(name, tags, "", problems);
        return problems;
    }

    /** Whether the loss is, or has terms that are, of the training's own dataset. */
    boolean needsDataset() {
        return !(loss instanceof EquationLoss terms) || terms.usesOwnDataset();
    }

    Labels labels() {
        return Labels.valid(name, tags);
    }

    /** What is wrong with it for a dataset of so many samples. */
    List<Problem> problemsWith(int samples) {
        var problems = new ArrayList<Problem>();
        if (batchSize != null && optimizer instanceof FullBatchSettings && batchSize < samples) {
            problems.add(Problem.of("/batchSize",
                    "must be all " + samples + " samples with this optimizer, or be left out, was " + batchSize));
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
                : optimizer instanceof FullBatchSettings ? samples : DEFAULT_BATCH_SIZE, shuffle,
                seed != null ? seed : ThreadLocalRandom.current().nextLong(SEED_BOUND), optimizer, optional(gradientClipping),
                optional(validationFraction), Optional.ofNullable(earlyStopping), metrics, freeze, learningRateFactors, precision);
    }

    private static OptionalDouble optional(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
