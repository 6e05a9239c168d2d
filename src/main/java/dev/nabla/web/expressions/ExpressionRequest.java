package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.OneOf;
import dev.nabla.losses.Objective;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.storage.ModelReference;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be printed, of which network, and how. */
record ExpressionRequest(
        @Nullable NetworkDocument network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable UUID networkId,
        @Schema(description = "Instead of network: " + ModelReference.DESCRIPTION, format = ModelReference.FORMAT)
        @Nullable ModelReference modelId,
        @Schema(example = "[\"z\", \"D(z, L1.b)\"]")
        @NotNull @Nullable @Size(min = 1, max = Equations.MAX_EQUATIONS) List<String> equations,
        @Schema(description = "Makes loss, the loss of a batch of one sample, and targets names in equations; as in a "
                + "training. Shared subexpressions that are called δ of a layer are then of the loss, and else of the outputs.",
                example = "mse")
        @Nullable Objective loss,
        @Schema(description = "The dataset whose columns the loss names; without it there are targets for all outputs, "
                + "which are named as targets.z only.")
        @Nullable UUID datasetId,
        @JsonProperty(defaultValue = "scalar") Form form,
        @JsonProperty(defaultValue = "latex") Format format,
        @Schema(description = "Names every repeated subexpression once.")
        @JsonProperty(defaultValue = "false") boolean shareSubexpressions,
        @Schema(description = "Rounds numbers that are not whole to so many significant digits, and those that are added "
                + "to what is much smaller to so many of that; in print only. 17 leaves them as they are.", example = "4")
        @Min(1) @Max(MOST_DIGITS) @JsonProperty(defaultValue = "17") int digits,
        @Schema(description = "Puts the model's parameters in the place of their symbols.")
        @JsonProperty(defaultValue = "false") boolean substituteParameters) implements Checked {

    static final int MOST_DIGITS = 17;

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        new OneOf(wrong).field("network", network).field("networkId", networkId).field("modelId", modelId).one()
                .ifPresent(problems::add);
        if (substituteParameters && modelId == null && !wrong.contains("modelId")) {
            problems.add(Problem.of("/substituteParameters", "takes the parameters of a model, so modelId is needed"));
        }
        if (datasetId != null && loss == null && !wrong.contains("loss")) {
            problems.add(Problem.of("/datasetId", "is of use with a loss only"));
        }
        return problems;
    }
}
