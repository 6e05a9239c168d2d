package dev.nabla.web.networks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.storage.StoredNetwork;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored network. */
record NetworkResponse(UUID id, @Nullable String name,
        @Schema(description = "In alphabetical order.") List<String> tags, List<String> inputs, List<String> outputs,
        @ArraySchema(schema = @Schema(implementation = LayerRequest.class)) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<Map<String, Object>> layers,
        @Schema(implementation = ArchitectureRequest.class) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Map<String, Object> architecture,
        int parameterCount, List<ParameterResponse> parameters, Instant createdAt) {

    /** A parameter's path in equations and its shape. */
    record ParameterResponse(String path, List<Integer> shape) {}

    static NetworkResponse of(StoredNetwork stored) {
        NetworkDocument document = NetworkDocument.of(stored.definition());
        var layout = Network.of(stored.definition()).parameters();
        return new NetworkResponse(stored.id(), document.name(), stored.tags(), document.inputs(), document.outputs(),
                document.layers(), document.architecture(), layout.size(), layout.symbols().stream()
                        .map(symbol -> new ParameterResponse(symbol.name(), symbol.shape().dimensions())).toList(),
                stored.createdAt());
    }
}
