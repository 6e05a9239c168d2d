package dev.nabla.network;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network definition in plain values, with nothing left out: the form in which it is answered and stored. */
public record NetworkDocument(@Nullable String name, List<String> inputs, List<String> outputs,
        List<LayerDocument> layers) {

    /** A layer of such a definition. */
    public record LayerDocument(String type, int units, String activation, boolean bias) {}

    public static final String DENSE = "dense";

    public static NetworkDocument of(NetworkDefinition definition) {
        return new NetworkDocument(definition.name().orElse(null), definition.inputs(), definition.outputs(),
                definition.layers().stream().map(layer -> new LayerDocument(DENSE, layer.units(),
                        layer.activation().text(), layer.bias())).toList());
    }

    /** The definition that this is the document of. */
    public NetworkDefinition definition() {
        return new NetworkDefinition(Optional.ofNullable(name), inputs, outputs, layers.stream()
                .map(layer -> new DenseLayer(layer.units(), Activation.named(layer.activation()).orElseThrow(),
                        layer.bias())).toList());
    }
}
