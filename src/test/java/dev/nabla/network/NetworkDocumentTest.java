package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class NetworkDocumentTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void aDefinitionIsReadFromItsDocument(Architecture architecture) {
        NetworkDefinition definition = Architectures.definition(architecture, 4);
        String json = JSON.writeValueAsString(NetworkDocument.of(definition));
        assertThat(JSON.readValue(json, NetworkDocument.class).definition()).isEqualTo(definition);
    }

    @Test
    void documentsOfDenseLayersOnlyAreStillRead() {
        String json = """
                {"name": null, "inputs": ["x", "y"], "outputs": ["z"], "layers": [
                 {"type": "dense", "units": 3, "activation": "tanh", "bias": true},
                 {"type": "dense", "units": 1, "activation": "identity", "bias": false}]}""";
        assertThat(JSON.readValue(json, NetworkDocument.class).definition().architecture()).isEqualTo(new Chain(
                List.of(DenseLayer.of(3, Activation.TANH), new DenseLayer(1, Activation.IDENTITY, false))));
    }

    @Test
    void aDocumentOfNothingKnownIsRefused() {
        assertThat(violations(Map.of("type", "lstm"))).containsExactly(Problem.of("/architecture/type",
                "must be one of hamiltonian, lagrangian, resnet, sympnet-la, sympnet-g, volume-preserving, generalized-hamiltonian, "
                        + "was 'lstm'"));
        assertThat(violations(Map.of())).containsExactly(Problem.of("/architecture/type",
                "is missing, must be one of hamiltonian, lagrangian, resnet, sympnet-la, sympnet-g, volume-preserving, "
                        + "generalized-hamiltonian"));
        assertThat(violations(Map.of("type", "resnet", "width", 3, "activation", "tan h"))).containsExactlyInAnyOrder(
                Problem.of("/architecture/blocks", "is missing"),
                Problem.of("/architecture/width", "is no field of type 'resnet', which has type, blocks, activation"),
                Problem.of("/architecture/activation", "must be one of " + Activation.names() + ", was 'tan h'"));
    }

    private static List<Problem> violations(Map<String, Object> architecture) {
        return catchThrowableOfType(InvalidException.class,
                () -> new NetworkDocument(null, List.of("x"), List.of("y"), null, architecture).definition()).problems();
    }
}
