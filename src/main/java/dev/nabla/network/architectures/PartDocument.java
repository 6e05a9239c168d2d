package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.documents.Checked;
import dev.nabla.language.Identifier;
import dev.nabla.network.layers.Layer;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part as it stands in a document: a network without a label. */
@Schema(name = "Part")
public record PartDocument(
        @Schema(description = "The names of the inputs, or their number n for x1 … xn.", example = "2")
        @NotNull @Nullable NamesOrCount inputs,
        @Schema(description = "The names of the outputs; y1 … ym if left out.", example = "[\"y\"]")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Identifier.Named String> outputs,
        @Schema(description = "One layer after the other, unless an architecture is given.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Size(min = 1, max = Architecture.MAX_LAYERS)
        @Nullable List<Layer> layers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Architecture architecture) implements Checked {

    private static final String INPUTS = "inputs";
    private static final String LAYERS = "layers";
    private static final String ARCHITECTURE = "architecture";

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        if (inputs == null && !wrong.contains(INPUTS)) {
            problems.add(Problem.of("/" + INPUTS, "is missing"));
        }
        boolean hasLayers = layers != null || wrong.contains(LAYERS);
        boolean hasArchitecture = architecture != null || wrong.contains(ARCHITECTURE);
        if (!hasLayers && !hasArchitecture) {
            problems.add(Problem.of("/" + LAYERS, "is missing"));
        } else if (hasLayers && hasArchitecture) {
            problems.add(Problem.of("/" + ARCHITECTURE, "must not be given together with layers"));
        }
        problems.addAll(part().map(Part::problems).orElseGet(() -> Part.problemsOfNames(
                inputs == null ? List.of() : inputs.names(), outputs == null ? List.of() : outputs,
                architecture == null ? Set.of() : architecture.ownNames())));
        return problems;
    }

    /** The part, if inputs and what is between them and the outputs are given. */
    public Optional<Part> part() {
        Optional<Architecture> between = layers != null ? Optional.of(new Chain(layers)) : Optional.ofNullable(architecture);
        return Optional.ofNullable(inputs).flatMap(given -> between.map(architecture ->
                new Part(given.names(), outputs(given.names(), architecture), architecture)));
    }

    private List<String> outputs(List<String> inputNames, Architecture between) {
        return outputs != null ? outputs : between.outputNames()
                .orElseGet(() -> NamesOrCount.numbered("y", outputDimension(inputNames, between)));
    }

    /** 0 where that is not known. */
    private static int outputDimension(List<String> inputNames, Architecture between) {
        return between.certainOutputDimension().orElseGet(() -> between.violations(inputNames, List.of()).isEmpty()
                ? between.outputDimension(inputNames.size()) : 0);
    }
}
