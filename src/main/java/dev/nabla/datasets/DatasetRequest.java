package dev.nabla.datasets;

import dev.nabla.datasets.Axis;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.documents.OneOf;
import dev.nabla.language.Identifier;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A dataset: inputs and targets row by row, or a grid with equations for its targets. */
public record DatasetRequest(
        @Schema(description = "A free label.", example = "bell") @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once.", example = "[\"demo\"]")
        @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Schema(description = "A row for every sample.") @Size(min = 1) double @Nullable [] @Size(min = 1) [] inputs,
        @Schema(description = "Instead of inputs: axes by name, the first varying fastest.",
                example = "{\"x\": {\"from\": -1, \"to\": 1, \"step\": 0.1}}")
        @Size(min = 1) @Nullable LinkedHashMap<String, Axis> grid,
        @Schema(description = "A row for every sample; for a grid, equations by name.",
                example = "{\"z\": \"exp(-x^2)\"}") @Nullable Targets targets,
        @Schema(description = "x1 … xn if left out; a grid's axes have names. No column may be called as another or as a word "
                + "of the equation language, such as D, exp or loss.") @Nullable List<@Identifier.Named String> inputNames,
        @Schema(description = "y1 … ym if left out.") @Nullable List<@Identifier.Named String> targetNames) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        new OneOf(wrong).field("inputs", inputs).field("grid", grid).one().ifPresent(problems::add);
        if (inputs != null && targets != null && targets.rows() == null) {
            problems.add(Problem.of("/targets", "must be an array of rows, as inputs are"));
        }
        if (grid != null && targets != null && targets.equations() == null) {
            problems.add(Problem.of("/targets", "must be an object of equations, as there is a grid"));
        }
        if (grid != null && (inputNames != null || targetNames != null)) {
            problems.add(Problem.of(inputNames != null ? "/inputNames" : "/targetNames",
                    "must be left out, as a grid has names"));
        }
        return problems;
    }

    public Labels labels() {
        return Labels.valid(name, tags);
    }
}
