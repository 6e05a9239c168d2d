package dev.nabla.web.networks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.storage.StoredNetwork;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored network. */
record NetworkResponse(UUID id, @Nullable String name,
        @Schema(description = "In alphabetical order.") List<String> tags, List<String> inputs, List<String> outputs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Layer> layers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Architecture architecture,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Normalization normalization,
        int parameterCount, List<ParameterResponse> parameters, Instant createdAt) {

    /** A parameter's path in equations and its shape. */
    @Schema(name = "ParameterShape")
    record ParameterResponse(String path, List<Integer> shape) {}

    static NetworkResponse of(StoredNetwork stored) {
        NetworkDefinition definition = stored.definition();
        NetworkDocument document = NetworkDocument.of(definition);
        ParameterLayout layout = definition.parameters();
        return new NetworkResponse(stored.id(), document.name(), stored.tags(), definition.inputs(), definition.outputs(),
                document.layers(), document.architecture(), document.normalization(), layout.size(), layout.symbols().stream()
                        .map(symbol -> new ParameterResponse(symbol.name(), symbol.shape().dimensions())).toList(),
                stored.createdAt());
    }
}
