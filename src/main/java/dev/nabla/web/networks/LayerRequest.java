package dev.nabla.web.networks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A layer as a client sends it. */
@Schema(description = """
        A layer, a function of the vector a below it. The type decides which other fields there are:

        - `dense` (units, activation, bias): activation(W a + b).
        - `linear` (units): W a.
        - `affine` (units): W a + b.
        - `resnet` (activation): a + activation(W a + b) with a square W.""")
record LayerRequest(
        @Schema(description = "dense, linear, affine or resnet; dense if left out.", example = "dense")
        @Nullable String type,
        @Schema(description = "The number of outputs, from 1 to 4096.", example = "3") @Nullable Integer units,
        @Schema(description = "\"tanh\" if left out.", example = "tanh") @Nullable String activation,
        @Schema(description = "True if left out.", example = "true") @Nullable Boolean bias) {

    /** The fields that are given. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        NetworkRequest.put(fields, "type", type);
        NetworkRequest.put(fields, "units", units);
        NetworkRequest.put(fields, "activation", activation);
        NetworkRequest.put(fields, "bias", bias);
        return fields;
    }
}
