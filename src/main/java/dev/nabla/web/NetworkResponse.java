package dev.nabla.web;

import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.NetworkDocument.LayerDocument;
import dev.nabla.storage.StoredNetwork;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored network. */
record NetworkResponse(UUID id, @Nullable String name, List<String> inputs, List<String> outputs,
        List<LayerDocument> layers, int parameterCount, List<ParameterResponse> parameters, Instant createdAt) {

    /** A parameter's path in equations and its shape. */
    record ParameterResponse(String path, List<Integer> shape) {}

    static NetworkResponse of(StoredNetwork stored) {
        NetworkDocument document = NetworkDocument.of(stored.definition());
        var layout = Network.of(stored.definition()).parameters();
        return new NetworkResponse(stored.id(), document.name(), document.inputs(), document.outputs(),
                document.layers(), layout.size(), layout.symbols().stream()
                        .map(symbol -> new ParameterResponse(symbol.name(), symbol.shape().dimensions())).toList(),
                stored.createdAt());
    }
}
