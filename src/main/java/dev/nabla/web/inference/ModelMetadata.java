package dev.nabla.web.inference;

import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a model takes and gives. */
record ModelMetadata(
        @Schema(description = "What the request calls the model.", example = "bell@champion") String name,
        @Schema(description = "Those of its name, of which each can be asked; none of a model without a name.", example = "[\"1\"]")
        List<String> versions,
        @Schema(description = "What it runs on.", example = "nabla_model") String platform,
        List<TensorMetadata> inputs,
        @Schema(description = "What is answered where a request names no outputs. Every equation about the model is one as well.")
        List<TensorMetadata> outputs) {

    private static final int ANY_NUMBER = -1;

    /** A tensor. */
    record TensorMetadata(String name, Datatype datatype,
            @Schema(description = "-1 stands for any number.", example = "[-1, 2]") List<Integer> shape) {}

    static ModelMetadata of(String name, List<Integer> versions, NetworkDefinition network) {
        return new ModelMetadata(name, versions.stream().map(String::valueOf).toList(),
                "nabla_model", List.of(tensor(Network.INPUTS, network.inputDimension())),
                List.of(tensor(Network.OUTPUTS, network.outputDimension())));
    }

    private static TensorMetadata tensor(String name, int columns) {
        return new TensorMetadata(name, Datatype.FP64, List.of(ANY_NUMBER, columns));
    }
}
