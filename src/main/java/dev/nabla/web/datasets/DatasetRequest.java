package dev.nabla.web.datasets;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dataset: inputs and targets row by row, or a grid with equations for its targets. */
public record DatasetRequest(
        @Schema(description = "A free label, of at most 200 characters.", example = "bell") @Nullable String name,
        @Schema(description = "To find it again by: at most 32, of at most 64 characters, without commas.",
                example = "[\"demo\"]") @Nullable List<String> tags,
        @Schema(description = "A row for every sample.") double @Nullable [][] inputs,
        @Schema(description = "Instead of inputs: axes by name, the first varying fastest.",
                example = "{\"x\": {\"from\": -1, \"to\": 1, \"step\": 0.1}}")
        @Nullable LinkedHashMap<String, AxisRequest> grid,
        @Schema(description = "A row for every sample; for a grid, equations by name.",
                example = "{\"z\": \"exp(-x^2)\"}", types = {"array", "object"},
                implementation = Object.class) @Nullable Targets targets,
        @Schema(description = "x1 … xn if left out; a grid's axes have names. No column may be called as another or as a word "
                + "of the equation language, such as D, exp or loss.") @Nullable List<String> inputNames,
        @Schema(description = "y1 … ym if left out.") @Nullable List<String> targetNames) {

    /** The points from, from + step, … up to the last that is not beyond to. */
    record AxisRequest(
            @Schema(example = "-1") @Nullable Double from,
            @Schema(example = "1") @Nullable Double to,
            @Schema(example = "0.1") @Nullable Double step) {}
}
