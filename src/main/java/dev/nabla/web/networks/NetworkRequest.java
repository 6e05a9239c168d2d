package dev.nabla.web.networks;

import dev.nabla.network.ArchitectureDocument;
import dev.nabla.network.LayerDocument;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Layer;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Labels;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network definition as a client sends it. */
public record NetworkRequest(
        @Schema(description = "A free label, of at most 200 characters.", example = "gaussian") @Nullable String name,
        @Schema(description = "To find it again by: at most 32, of at most 64 characters, without commas.",
                example = "[\"demo\"]") @Nullable List<String> tags,
        @Schema(description = "The names of the inputs, or their number n for x1 … xn.", example = "[\"x\", \"y\"]",
                types = {"array", "integer"}, implementation = Object.class) @Nullable Names inputs,
        @Schema(description = "The names of the outputs; y1 … ym if left out.", example = "[\"z\"]")
        @Nullable List<String> outputs,
        @Schema(description = "One layer after the other, unless an architecture is given.")
        @Nullable List<LayerRequest> layers,
        @Nullable ArchitectureRequest architecture) {

    /** The definition; empty where there are errors, which are added with pointers that begin with {@code prefix}. */
    public Optional<NetworkDefinition> definition(String prefix, List<Problem> errors) {
        int before = errors.size();
        Labels.of(null, tags, prefix, errors);
        List<String> inputNames = inputNames(prefix, errors);
        Optional<Architecture> read = architecture(prefix, errors);
        if (read.isEmpty() || inputNames.isEmpty()) {
            return Optional.empty();
        }
        try {
            NetworkDefinition definition = NetworkDefinition.of(Optional.ofNullable(name), inputNames,
                    outputNames(read.get(), inputNames.size()), read.get());
            return errors.size() == before ? Optional.of(definition) : Optional.empty();
        } catch (InvalidException e) {
            e.problems().stream().map(violation -> violation.within(prefix))
                    .filter(violation -> errors.stream().noneMatch(error -> error.pointer().equals(violation.pointer())))
                    .forEach(violation -> errors.add(violation));
            return Optional.empty();
        }
    }

    /** The tags that are given. */
    public List<String> tagsOrNone() {
        return tags == null ? List.of() : tags;
    }

    private List<String> outputNames(Architecture architecture, int inputDimension) {
        return outputs != null ? outputs : architecture.violations(inputDimension).isEmpty()
                ? NetworkDefinition.numbered("y", architecture.outputDimension(inputDimension)) : List.of();
    }

    private List<String> inputNames(String prefix, List<Problem> errors) {
        if (inputs == null) {
            errors.add(Problem.of(prefix + "/inputs", "is missing"));
            return List.of();
        }
        if (inputs.count().isPresent()) {
            int count = inputs.count().getAsInt();
            if (count < 1 || count > Architecture.MAX_INPUTS) {
                errors.add(Problem.of(prefix + "/inputs",
                        "must be between 1 and " + Architecture.MAX_INPUTS + ", was " + count));
                return List.of();
            }
            return NetworkDefinition.numbered("x", count);
        }
        if (inputs.names().isEmpty()) {
            errors.add(Problem.of(prefix + "/inputs", "must have between 1 and " + Architecture.MAX_INPUTS
                    + " items, had 0"));
        }
        return inputs.names();
    }

    private Optional<Architecture> architecture(String prefix, List<Problem> errors) {
        if (architecture == null) {
            return chain(prefix, errors);
        }
        if (layers != null) {
            errors.add(Problem.of(prefix + "/architecture", "must not be given together with layers"));
        }
        var violations = new ArrayList<Problem>();
        Optional<Architecture> read =
                ArchitectureDocument.architecture(architecture.fields(), prefix + "/architecture", violations);
        violations.forEach(violation -> errors.add(violation));
        return read;
    }

    private Optional<Architecture> chain(String prefix, List<Problem> errors) {
        if (layers == null || layers.isEmpty()) {
            errors.add(Problem.of(prefix + "/layers", layers == null ? "is missing"
                    : "must have between 1 and " + Architecture.MAX_LAYERS + " items, had 0"));
            return Optional.empty();
        }
        var violations = new ArrayList<Problem>();
        var chain = new ArrayList<Layer>();
        for (int k = 0; k < layers.size() && k <= Architecture.MAX_LAYERS; k++) {
            LayerRequest layer = layers.get(k);
            String pointer = prefix + "/layers/" + k;
            if (layer == null) {
                violations.add(Problem.of(pointer, "must not be null"));
            } else {
                chain.add(LayerDocument.layer(layer.fields(), pointer, violations));
            }
        }
        if (layers.size() > Architecture.MAX_LAYERS) {
            violations.add(Problem.of(prefix + "/layers", "must have between 1 and " + Architecture.MAX_LAYERS
                    + " items, had " + layers.size()));
        }
        violations.forEach(violation -> errors.add(violation));
        return chain.isEmpty() ? Optional.empty() : Optional.of(new Chain(chain));
    }

    /** Adds a field if it is given. */
    static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
