package dev.nabla.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network, a dataset and how the one is to be trained on the other. */
record TrainingRequest(
        @Nullable NetworkRequest network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable String networkId,
        @Nullable DatasetRequest dataset,
        @Schema(description = "The id of a stored dataset, instead of dataset.") @Nullable String datasetId,
        @Schema(description = "\"mse\" (if left out), \"relative-l2\", or terms written as equations: the loss is the sum of "
                + "weight * mean over the samples of the squared equation.", example = "mse", types = {"string", "object"},
                implementation = Object.class) @Nullable LossRequest loss,
        @Schema(description = "How often every sample is visited; 100 if left out.", example = "1000")
        @Nullable Integer epochs,
        @Schema(description = "Samples per step; 32 if left out.", example = "10") @Nullable Integer batchSize,
        @Schema(description = "A new order in every epoch; true if left out.") @Nullable Boolean shuffle,
        @Schema(description = "Decides initial parameters and orders; chosen and reported if left out.",
                example = "42") @Nullable Long seed,
        @Nullable OptimizerRequest optimizer,
        @Schema(description = "Arrays by layer and letter; Glorot uniform weights and zero biases if left out.")
        @Nullable Map<String, Map<String, Object>> initialParameters,
        @Schema(description = "\"auto\" if left out.", example = "auto") @Nullable String engine) {

    /** The optimizer and its hyperparameters. */
    record OptimizerRequest(
            @Schema(description = "\"adam\" (if left out).", example = "adam") @Nullable String type,
            @Schema(description = "0.001 if left out.", example = "0.001") @Nullable Double learningRate,
            @Schema(description = "0.9 if left out.", example = "0.9") @Nullable Double beta1,
            @Schema(description = "0.999 if left out.", example = "0.999") @Nullable Double beta2,
            @Schema(description = "1e-8 if left out.", example = "1e-8") @Nullable Double epsilon) {}
}
