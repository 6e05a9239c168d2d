package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.OneOf;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.InputNames;
import dev.nabla.web.Undefined;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be computed, of which network, with which parameters, at which points. */
record EvaluationRequest(
        @Nullable NetworkDocument network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable UUID networkId,
        @Schema(description = "Instead of network, with its parameters: " + ModelReference.DESCRIPTION,
                format = ModelReference.FORMAT) @Nullable ModelReference modelId,
        @Schema(description = "The id of an ensemble, instead of network; its models bring their parameters. Every equation must "
                + "have the same shape for all of them.") @Nullable UUID ensembleId,
        @Schema(example = "[\"z\", \"D(z, x)\"]")
        @NotNull @Nullable @Size(min = 1, max = Equations.MAX_EQUATIONS) List<String> equations,
        @Schema(description = "Numbers and arrays in objects by the names of their paths; "
                + "needed unless a model brings them. Only what is not trainable may be left out: it has its initial value.")
        @Nullable Map<String, Object> parameters,
        @Schema(description = "A row for every sample.") @NotNull @Size(min = 1) double @Nullable [] @Size(min = 1) [] inputs,
        @Schema(description = InputNames.DESCRIPTION, example = "[\"x\", \"y\"]") @Nullable List<String> inputNames,
        @Schema(description = "What is done where an equation is no finite number: \"null\" answers null there, "
                + "\"refuse\" refuses the request.", example = "null") @JsonProperty(defaultValue = "null") Undefined.Choice undefined)
        implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        new OneOf(wrong).field("network", network).field("networkId", networkId).field("modelId", modelId)
                .field("ensembleId", ensembleId).one().ifPresent(problems::add);
        if (ensembleId != null && parameters != null) {
            problems.add(Problem.of("/parameters", "must be left out for an ensemble, whose models bring theirs"));
        }
        return problems;
    }
}
