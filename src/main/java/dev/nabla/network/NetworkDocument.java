package dev.nabla.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Part;
import dev.nabla.network.architectures.PartDocument;
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

/** A network definition as it is posted and, with nothing left out, as it is answered and stored. */
@Schema(name = "NetworkRequest")
public record NetworkDocument(
        @Schema(description = "A free label.", example = "gaussian") @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once.", example = "[\"demo\"]")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Schema(description = "The names of the inputs, or their number n for x1 … xn.", example = "[\"x\", \"y\"]")
        @NotNull @Nullable NamesOrCount inputs,
        @Schema(description = "The names of the outputs; y1 … ym if left out.", example = "[\"z\"]")
        @Nullable List<@Identifier.Named String> outputs,
        @Schema(description = "One layer after the other, unless an architecture is given.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Size(min = 1, max = Architecture.MAX_LAYERS)
        @Nullable List<Layer> layers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Architecture architecture,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Normalization normalization) implements Checked {

    public static NetworkDocument of(NetworkDefinition definition) {
        Architecture architecture = definition.architecture();
        return new NetworkDocument(definition.name().orElse(null), null, new NamesOrCount(definition.inputs()), definition.outputs(),
                architecture instanceof Chain chain ? chain.layers() : null, architecture instanceof Chain ? null : architecture,
                definition.normalization().orElse(null));
    }

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        List<Problem> ofPart = part().problems(wrong);
        if (part().part().isPresent() && ofPart.isEmpty()) {
            problems.addAll(definition().problemsOfWhole());
        } else {
            problems.addAll(ofPart);
        }
        return problems;
    }

    /** Its name and its tags, which are stored beside the definition. */
    public Labels labels() {
        return Labels.valid(name, tags);
    }

    private PartDocument part() {
        return new PartDocument(inputs, outputs, layers, architecture);
    }

    /** The definition that a document without problems is of. */
    public NetworkDefinition definition() {
        Part part = part().part().orElseThrow(() -> new IllegalStateException("a network of which something is missing"));
        return new NetworkDefinition(Optional.ofNullable(name), part.inputs(), part.outputs(), part.architecture(),
                Optional.ofNullable(normalization));
    }
}
