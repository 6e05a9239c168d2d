package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.documents.Document;
import dev.nabla.documents.DocumentReader;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.problems.InvalidException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

class NetworkDocumentTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Document<NetworkDocument> read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return DocumentReader.read(parser, NetworkDocument.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void aDefinitionIsReadFromItsDocument(Architecture architecture) {
        NetworkDefinition definition = Architectures.definition(architecture, 4);
        String json = JSON.writeValueAsString(NetworkDocument.of(definition));
        assertThat(read(json).valid().definition()).isEqualTo(definition);
        assertThat(DocumentReader.trusted(json, NetworkDocument.class).definition()).isEqualTo(definition);
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        NetworkDefinition definition = read("{\"inputs\": 2, \"layers\": [{\"units\": 3}, {\"units\": 1}]}").valid().definition();
        assertThat(definition.inputs()).containsExactly("x1", "x2");
        assertThat(definition.outputs()).containsExactly("y1");
        assertThat(definition.architecture()).isEqualTo(new Chain(
                List.of(DenseLayer.of(3, Activation.TANH), DenseLayer.of(1, Activation.TANH))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"architecture\": {\"type\": \"lstm\"} | /architecture/type must be one of hamiltonian, lagrangian, resnet, sympnet-la, "
                + "sympnet-g, volume-preserving, generalized-hamiltonian, equations, was 'lstm'",
        "\"architecture\": {} | /architecture/type is missing, must be one of hamiltonian, lagrangian, resnet, sympnet-la, "
                + "sympnet-g, volume-preserving, generalized-hamiltonian, equations",
        "\"architecture\": {\"type\": \"resnet\", \"width\": 3} | "
                + "/architecture/width is no field of type 'resnet', which has type, blocks, activation~"
                + "/architecture/blocks is missing",
        "\"inputs\": [\"x\", \"x\"], \"layers\": [{\"units\": 0}] | "
                + "/inputs is given twice~/layers/0/units must be between 1 and 4096, was 0",
        "\"name\": 3, \"outputs\": [\"x\"], \"layers\": [{\"units\": 1}] | "
                + "/name must be a string~/outputs/0 must not be 'x', as item 0 of inputs is",
        "\"outputs\": [\"a\", \"exp\"], \"layers\": [{\"units\": 1, \"activation\": \"tan h\"}] | "
                + "/layers/0/activation must be an equation in x, or a name: unknown name 'tan'; known are x~"
                + "/outputs must name the 1 units of the last layer, named 2~/outputs/1 must not be 'exp', which equations use",
        "\"layers\": [{\"units\": 1}], \"architecture\": {\"type\": \"resnet\", \"blocks\": 1} | "
                + "/architecture must not be given together with layers"
    })
    void whatIsWrongWithPartsAndWithTheWholeIsNamedTogether(String fields, String problems) {
        assertThat(catchThrowableOfType(InvalidException.class, () -> read("{\"inputs\": [\"x\"], " + fields + "}").valid())
                .problems().stream().map(problem -> problem.pointer() + " " + problem.detail()).collect(Collectors.joining("~")))
                .isEqualTo(problems.replace("ACTIVATIONS", String.join(", ", Activation.names())));
    }
}
