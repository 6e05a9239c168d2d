package dev.nabla.web.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model answers. */
record InferenceResponse(
        @Schema(description = "What the request calls the model.", example = "bell@champion")
        @JsonProperty("model_name") String modelName,
        @Schema(description = "Which of the models of its name; left out where it has none.", example = "3")
        @JsonProperty("model_version") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String modelVersion,
        @Schema(description = "That of the request; left out where it has none.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id,
        @Schema(description = "Those of the request but for what says how to answer it; left out where it has none.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> parameters,
        @Schema(description = "In the order of the request.") List<OutputTensor> outputs) {

    /** The values of an equation at all samples. */
    record OutputTensor(@Schema(description = "The equation.", example = "outputs") String name,
            @Schema(description = "How many samples, then the shape of the equation.", example = "[2, 1]") List<Integer> shape,
            @Schema(description = "FP32 where all tensors of the request are, else FP64.") Datatype datatype,
            @Schema(description = "binary_data_size: how many bytes it has of those behind the JSON; left out where it has data.")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> parameters,
            @Schema(description = "All numbers, row by row; left out where they are behind the JSON.", example = "[1, 0.6]")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Number> data) {}
}
