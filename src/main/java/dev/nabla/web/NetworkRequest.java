package dev.nabla.web;

import dev.nabla.network.Activation;
import dev.nabla.network.DenseLayer;
import dev.nabla.network.InvalidNetworkException;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network definition as a client sends it. */
record NetworkRequest(
        @Schema(description = "A free label.", example = "gaussian") @Nullable String name,
        @Schema(description = "The names of the inputs, or their number n for x1 … xn.", example = "[\"x\", \"y\"]",
                types = {"array", "integer"}, implementation = Object.class) @Nullable Names inputs,
        @Schema(description = "The names of the outputs; y1 … ym if left out.", example = "[\"z\"]")
        @Nullable List<String> outputs,
        @Nullable List<LayerRequest> layers) {

    /** A layer as a client sends it. */
    record LayerRequest(
            @Schema(description = "\"dense\" if left out.", example = "dense") @Nullable String type,
            @Schema(description = "The number of outputs, from 1 to 4096.", example = "3") @Nullable Integer units,
            @Schema(description = "\"tanh\" if left out.", example = "tanh") @Nullable String activation,
            @Schema(description = "True if left out.", example = "true") @Nullable Boolean bias) {}

    /** The definition; empty where there are errors, which are added with pointers that begin with {@code prefix}. */
    Optional<NetworkDefinition> definition(String prefix, List<FieldError> errors) {
        int before = errors.size();
        List<String> inputNames = inputNames(prefix, errors);
        List<DenseLayer> denseLayers = denseLayers(prefix, errors);
        if (denseLayers.isEmpty() || inputNames.isEmpty()) {
            return Optional.empty();
        }
        List<String> outputNames = outputs != null ? outputs
                : NetworkDefinition.numbered("y", Math.clamp(denseLayers.getLast().units(), 0, DenseLayer.MAX_UNITS));
        try {
            var definition = new NetworkDefinition(Optional.ofNullable(name), inputNames, outputNames, denseLayers);
            return errors.size() == before ? Optional.of(definition) : Optional.empty();
        } catch (InvalidNetworkException e) {
            e.violations().stream().map(violation -> violation.within(prefix))
                    .filter(violation -> errors.stream().noneMatch(error -> error.pointer().equals(violation.pointer())))
                    .forEach(violation -> errors.add(error(violation)));
            return Optional.empty();
        }
    }

    private List<String> inputNames(String prefix, List<FieldError> errors) {
        if (inputs == null) {
            errors.add(FieldError.of(prefix + "/inputs", "is missing"));
            return List.of();
        }
        if (inputs.count().isPresent()) {
            int count = inputs.count().getAsInt();
            if (count < 1 || count > NetworkDefinition.MAX_INPUTS) {
                errors.add(FieldError.of(prefix + "/inputs",
                        "must be between 1 and " + NetworkDefinition.MAX_INPUTS + ", was " + count));
                return List.of();
            }
            return NetworkDefinition.numbered("x", count);
        }
        if (inputs.names().isEmpty()) {
            errors.add(FieldError.of(prefix + "/inputs", "must have between 1 and " + NetworkDefinition.MAX_INPUTS
                    + " items, had 0"));
        }
        return inputs.names();
    }

    private List<DenseLayer> denseLayers(String prefix, List<FieldError> errors) {
        if (layers == null || layers.isEmpty()) {
            errors.add(FieldError.of(prefix + "/layers", layers == null ? "is missing"
                    : "must have between 1 and " + NetworkDefinition.MAX_LAYERS + " items, had 0"));
            return List.of();
        }
        var denseLayers = new ArrayList<DenseLayer>();
        for (int k = 0; k < layers.size() && k <= NetworkDefinition.MAX_LAYERS; k++) {
            LayerRequest layer = layers.get(k);
            String pointer = prefix + "/layers/" + k;
            if (layer == null) {
                errors.add(FieldError.of(pointer, "must not be null"));
                continue;
            }
            if (layer.type() != null && !layer.type().equals(NetworkDocument.DENSE)) {
                errors.add(FieldError.of(pointer + "/type", "must be 'dense', was '" + layer.type() + "'"));
            }
            if (layer.units() == null) {
                errors.add(FieldError.of(pointer + "/units", "is missing"));
            }
            Optional<Activation> activation = layer.activation() == null ? Optional.of(Activation.TANH)
                    : Activation.named(layer.activation());
            if (activation.isEmpty()) {
                errors.add(FieldError.of(pointer + "/activation",
                        "must be one of " + Activation.names() + ", was '" + layer.activation() + "'"));
            }
            denseLayers.add(new DenseLayer(layer.units() == null ? 1 : layer.units(),
                    activation.orElse(Activation.TANH), layer.bias() == null || layer.bias()));
        }
        if (layers.size() > NetworkDefinition.MAX_LAYERS) {
            errors.add(FieldError.of(prefix + "/layers", "must have between 1 and " + NetworkDefinition.MAX_LAYERS
                    + " items, had " + layers.size()));
        }
        return denseLayers;
    }

    static FieldError error(Violation violation) {
        return FieldError.of(violation.pointer(), violation.detail());
    }
}
