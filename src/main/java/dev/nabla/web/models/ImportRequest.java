package dev.nabla.web.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.documents.OneOf;
import dev.nabla.language.Identifier;
import dev.nabla.network.layers.Activation;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model that is brought as JSON. */
record ImportRequest(
        @Schema(description = "A free label.", example = "bell") @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once.") @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Schema(description = "The names of the inputs; x1 … xn if left out.") @Nullable List<@Identifier.Named String> inputs,
        @Schema(description = "The names of the outputs; y1 … ym if left out.") @Nullable List<@Identifier.Named String> outputs,
        @Schema(description = "The weights and biases of dense layers in their order, each by its name and \".weight\" or \".bias\", "
                + "as PyTorch's state_dict has them (\"W\" and \"b\" will do).",
                example = "{\"0.weight\": [[0.5], [-0.5]], \"0.bias\": [0, 1], \"2.weight\": [[1, 1]], \"2.bias\": [0]}")
        @Nullable Map<String, Object> parameters,
        @Schema(description = "What a file of the format \"json\" of exports says, with its parameters.")
        @Nullable Map<String, Object> graph,
        @Schema(description = "The activation of all layers but the last, of which parameters say nothing.")
        @JsonProperty(defaultValue = "tanh") Activation activation,
        @Schema(description = "The activation of the last layer.")
        @JsonProperty(defaultValue = "identity") Activation lastActivation) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        new OneOf(wrong).field("parameters", parameters).field("graph", graph).one().ifPresent(problems::add);
        return problems;
    }

    List<String> inputNames() {
        return inputs == null ? List.of() : inputs;
    }

    List<String> outputNames() {
        return outputs == null ? List.of() : outputs;
    }
}
