package dev.nabla.benchmark;

import dev.nabla.documents.DocumentReader;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.layers.Activation;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How one tanh chain of the inputs x1 and x2 may be written. */
public enum Form {

    LAYERS {
        @Override
        Network network(String widths) {
            return Chains.network(widths, Activation.TANH, true);
        }
    },

    /** A model of equations with the chain as its part. */
    PART {
        @Override
        Network network(String widths) {
            return model(widths, "\"outputs\": {\"y1\": \"N(x1, x2)\"}");
        }
    },

    /** The same with coefficients around it. */
    PART_AND_COEFFICIENTS {
        @Override
        Network network(String widths) {
            return model(widths, """
                    "coefficients": {"a": {"initial": 1}, "b": {"initial": 0}}, "outputs": {"y1": "a * N(x1, x2) + b"}""");
        }
    };

    /** @param widths of the two inputs and of all layers, such as {@code 2-16-16-1} */
    abstract Network network(String widths);

    private static Network model(String widths, String rest) {
        String layers = Arrays.stream(widths.split("-")).skip(1).map(units -> "{\"units\": " + units + "}")
                .collect(Collectors.joining(", "));
        return Network.of(DocumentReader.trusted("""
                {"inputs": ["x1", "x2"], "architecture": {"type": "equations",
                 "parts": {"N": {"inputs": 2, "layers": [%s]}}, %s}}""".formatted(layers, rest), NetworkDocument.class).definition());
    }
}
