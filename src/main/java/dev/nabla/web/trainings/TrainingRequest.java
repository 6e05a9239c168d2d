package dev.nabla.web.trainings;

import dev.nabla.web.datasets.DatasetRequest;
import dev.nabla.web.networks.NetworkRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network, a dataset and how the one is to be trained on the other. */
public record TrainingRequest(
        @Schema(description = "A free label, of at most 200 characters, which the model has too.",
                example = "bell, 5 a batch") @Nullable String name,
        @Schema(description = "To find it again by: at most 32, of at most 64 characters, without commas; the model has them"
                + " too.", example = "[\"demo\"]") @Nullable List<String> tags,
        @Nullable NetworkRequest network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable String networkId,
        @Nullable DatasetRequest dataset,
        @Schema(description = "The id of a stored dataset, instead of dataset.") @Nullable String datasetId,
        @Schema(description = "\"mse\" (if left out), \"relative-l2\", \"hamiltonian\", or terms written "
                + "as equations: the loss is the sum of weight * mean over the samples of the squared equation.", example = "mse", types = {"string", "object"},
                implementation = Object.class) @Nullable LossRequest loss,
        @Schema(description = "How often every sample is visited; 100 if left out.", example = "1000")
        @Nullable Integer epochs,
        @Schema(description = "Samples per step; 32 if left out. With lbfgs all of them, and nothing less may be given.",
                example = "10") @Nullable Integer batchSize,
        @Schema(description = "A new order in every epoch; true if left out.") @Nullable Boolean shuffle,
        @Schema(description = "Decides initial parameters and orders; chosen and reported if left out.",
                example = "42") @Nullable Long seed,
        @Nullable OptimizerRequest optimizer,
        @Schema(description = "The largest Euclidean norm of a gradient, which is scaled down to it before the update;"
                + " no limit if left out.", example = "1") @Nullable Double gradientClipping,
        @Schema(description = "The part of the rows, chosen from the seed, that are not trained on and give the"
                + " validation loss (terms of a loss with a dataset of their own keep all of it); none if left out.",
                example = "0.2") @Nullable Double validationFraction,
        @Nullable EarlyStoppingRequest earlyStopping,
        @Schema(description = "Arrays by layer and letter; Glorot uniform weights and zero biases if left out.")
        @Nullable Map<String, Map<String, Object>> initialParameters,
        @Schema(description = "Instead of initialParameters: the id of a model of a network of the same shape, to start"
                + " from its parameters.") @Nullable String initialModelId,
        @Schema(description = "\"auto\" if left out.", example = "auto") @Nullable String engine) {

    /** The optimizer and its hyperparameters; each has only its own. */
    record OptimizerRequest(
            @Schema(description = "\"gradient-descent\", \"momentum\", \"adam\" (if left out), \"adamw\" or \"lbfgs\""
                    + " (whole dataset, one iteration per epoch).",
                    example = "adam") @Nullable String type,
            @Schema(description = "If left out 0.001 for adam and adamw, 0.01 for gradient-descent and momentum.",
                    example = "0.001") @Nullable Double learningRate,
            @Schema(description = "Of momentum; 0.9 if left out.", example = "0.9") @Nullable Double momentum,
            @Schema(description = "Of adam and adamw; 0.9 if left out.", example = "0.9") @Nullable Double beta1,
            @Schema(description = "Of adam and adamw; 0.999 if left out.", example = "0.999") @Nullable Double beta2,
            @Schema(description = "Of adam and adamw; 1e-8 if left out.", example = "1e-8") @Nullable Double epsilon,
            @Schema(description = "Of adamw; 0.01 if left out. Every update takes this part, times the learning rate, off"
                    + " each entry of a weight matrix (W, A, K and their like).", example = "0.01")
            @Nullable Double weightDecay,
            @Schema(description = "Of adamw: whether biases, scales and all other parameters decay as well; false if left out.")
            @Nullable Boolean decayAll,
            @Nullable ScheduleRequest schedule,
            @Schema(description = "Of lbfgs: the iterations it remembers; 10 if left out.", example = "10")
            @Nullable Integer history,
            @Schema(description = "Of lbfgs: training ends at a gradient with this Euclidean norm or a smaller one; 1e-10 if"
                    + " left out.", example = "1e-10") @Nullable Double gradientTolerance) {}

    /** How the learning rate changes from epoch to epoch, from learningRate in the first. */
    public record ScheduleRequest(
            @Schema(description = "\"constant\", \"exponential\" (each epoch decay times the one before), \"geometric\""
                    + " (each a factor smaller, down to finalLearningRate in the last), \"cosine\" (half a period, down to"
                    + " finalLearningRate in the last) or \"step\" (factor times smaller after every so many).",
                    example = "geometric") @Nullable String type,
            @Schema(description = "Of exponential.", example = "0.99") @Nullable Double decay,
            @Schema(description = "Of geometric, and of cosine, where it is 0 if left out.", example = "1e-6")
            @Nullable Double finalLearningRate,
            @Schema(description = "Of step: epochs with the same learning rate.", example = "100")
            @Nullable Integer every,
            @Schema(description = "Of step.", example = "0.5") @Nullable Double factor) {}

    /** Ends a training whose loss, that of validation where there is one, no longer falls. */
    record EarlyStoppingRequest(
            @Schema(description = "So many epochs without an improvement end it.", example = "20")
            @Nullable Integer patience,
            @Schema(description = "What is no more than this is no improvement; 0 if left out.", example = "0")
            @Nullable Double minDelta) {}
}
