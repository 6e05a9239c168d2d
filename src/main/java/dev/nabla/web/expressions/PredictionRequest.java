package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.web.InputNames;
import dev.nabla.web.Undefined;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param inputs a row for every sample */
public record PredictionRequest(
        @Schema(example = "[[0, 0], [0.5, -0.5]]") @NotNull @Size(min = 1) double @Nullable [] @Size(min = 1) [] inputs,
        @Schema(description = InputNames.DESCRIPTION, example = "[\"x\", \"y\"]")
        @Nullable List<String> inputNames,
        @Schema(description = "What is done where an output is no finite number: \"null\" answers null for the sample, "
                + "\"refuse\" refuses the request.", example = "null")
        @JsonProperty(defaultValue = "null") Undefined.Choice undefined,
        @Schema(description = "Whether the standard deviations of the outputs are told too: of what was learned, not of a new measurement. "
                + "Only of models whose training is still there, was on a sum of squares, and ended near its minimum; in JSON only.")
        @JsonProperty(defaultValue = "false") boolean standardDeviations) {

    /** Of outputs only. */
    PredictionRequest(double[][] inputs, @Nullable List<String> inputNames) {
        this(inputs, inputNames, Undefined.Choice.NULL, false);
    }
}
