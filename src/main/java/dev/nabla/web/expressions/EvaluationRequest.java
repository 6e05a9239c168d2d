package dev.nabla.web.expressions;

import dev.nabla.web.InputNames;
import dev.nabla.web.networks.NetworkRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be computed, of which network, with which parameters, at which points. */
record EvaluationRequest(
        @Nullable NetworkRequest network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable String networkId,
        @Schema(description = "The id of a model, instead of network; it brings its parameters.")
        @Nullable String modelId,
        @Schema(example = "[\"z\", \"D(z, x)\"]") @Nullable List<String> equations,
        @Schema(description = "Arrays by layer and letter; needed unless a model brings them.")
        @Nullable Map<String, Map<String, Object>> parameters,
        @Schema(description = "A row for every sample.") double @Nullable [][] inputs,
        @Schema(description = InputNames.DESCRIPTION, example = "[\"x\", \"y\"]") @Nullable List<String> inputNames,
        @Schema(description = "What is done where an equation is no finite number: \"null\" (if left out) answers null"
                + " there, \"refuse\" refuses the request.", example = "null",
                allowableValues = {"null", "refuse"}) @Nullable String undefined) {}
