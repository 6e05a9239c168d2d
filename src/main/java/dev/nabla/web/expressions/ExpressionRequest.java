package dev.nabla.web.expressions;

import dev.nabla.web.networks.NetworkRequest;
import dev.nabla.web.trainings.LossRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be printed, of which network, and how. */
record ExpressionRequest(
        @Nullable NetworkRequest network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable String networkId,
        @Schema(description = "The id of a model, instead of network.") @Nullable String modelId,
        @Schema(example = "[\"z\", \"D(z, L1.b)\"]") @Nullable List<String> equations,
        @Schema(description = "Makes loss, the loss of a batch of one sample, and targets names in equations; as in a "
                + "training.", example = "mse")
        @Nullable LossRequest loss,
        @Schema(description = "The dataset whose columns the loss names; without it there are targets for all outputs, "
                + "which are named as targets.z only.")
        @Nullable String datasetId,
        @Schema(description = "\"scalar\" (if left out) or \"array\".", example = "scalar",
                allowableValues = {"scalar", "array"}) @Nullable String form,
        @Schema(description = "\"latex\" (if left out), \"text\" or \"python\".", example = "latex",
                allowableValues = {"latex", "text", "python"})
        @Nullable String format,
        @Schema(description = "Names every repeated subexpression once; false if left out.")
        @Nullable Boolean shareSubexpressions,
        @Schema(description = "Puts the model's parameters in the place of their symbols; false if left out.")
        @Nullable Boolean substituteParameters) {}
