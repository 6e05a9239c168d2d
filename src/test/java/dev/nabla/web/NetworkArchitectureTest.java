package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Networks that are given by an architecture, over HTTP. */
class NetworkArchitectureTest extends HttpTest {

    private static final String NETWORKS = "/v1/networks";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"type\":\"hamiltonian\",\"width\":4,\"hiddenLayers\":2,\"activation\":\"tanh\"} | 1",
        "{\"type\":\"resnet\",\"blocks\":2,\"activation\":\"sigmoid\"} | 4",
        "{\"type\":\"sympnet-la\",\"layers\":2,\"sublayers\":3,\"activation\":\"tanh\"} | 4",
        "{\"type\":\"sympnet-g\",\"layers\":2,\"width\":5,\"activation\":\"tanh\"} | 4",
        "{\"type\":\"volume-preserving\",\"blocks\":2,\"activation\":\"tanh\"} | 4",
        "{\"type\":\"generalized-hamiltonian\",\"width\":4,\"hiddenLayers\":1,\"activation\":\"tanh\",\"steps\":8,"
                + "\"stepSize\":0.1,\"integrator\":\"symplectic-euler\",\"systemParameters\":2} | 2"
    })
    void anArchitectureIsAnsweredAsItWasPostedAndItsNetworkCanBeTrained(String architecture, int outputs) {
        JsonNode network = created(NETWORKS, "{\"inputs\": 4, \"architecture\": " + architecture + "}");
        assertThat(network.get("architecture").toString()).isEqualTo(architecture);
        assertThat(network.has("layers")).isFalse();
        assertThat(network.get("outputs").size()).isEqualTo(outputs);
        assertThat(network.get("parameterCount").asInt()).isPositive();
        String target = "[" + "1,".repeat(outputs - 1) + "1]";
        Answer training = post("/v1/trainings", "{\"networkId\": " + network.get("id") + ", \"dataset\": {\"inputs\": "
                + "[[1, 2, 3, 4], [0, 1, 0, 1]], \"targets\": [" + target + "," + target + "]}, \"epochs\": 50, \"seed\": 1}",
                "Prefer", "wait=60");
        assertThat(training.json().get("state").asString()).as(training.response().body()).isEqualTo("succeeded");
        JsonNode losses = get("/v1/trainings/" + training.json().get("id").asString() + "/metrics").json().get("loss");
        assertThat(losses.get(49).asDouble()).isLessThan(losses.get(0).asDouble());
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        assertThat(created(NETWORKS, "{\"inputs\": 2, \"architecture\": {\"type\": \"resnet\", \"blocks\": 1}}")
                .get("architecture").toString()).isEqualTo("{\"type\":\"resnet\",\"blocks\":1,\"activation\":\"tanh\"}");
        assertThat(created(NETWORKS, "{\"inputs\": 2, \"layers\": [{\"units\": 3}, {\"type\": \"linear\", \"units\": 2}, "
                + "{\"type\": \"affine\", \"units\": 2}, {\"type\": \"resnet\"}]}").get("layers").toString()).isEqualTo(
                        "[{\"type\":\"dense\",\"units\":3,\"activation\":\"tanh\",\"bias\":true},"
                                + "{\"type\":\"linear\",\"units\":2},{\"type\":\"affine\",\"units\":2},"
                                + "{\"type\":\"resnet\",\"activation\":\"tanh\"}]");
    }

    @Test
    void theFieldOfAHamiltonianIsEvaluated() {
        JsonNode results = post("/v1/evaluations", """
                {"network": {"inputs": ["q", "p"], "outputs": ["H"],
                             "architecture": {"type": "hamiltonian", "width": 1, "hiddenLayers": 1}},
                 "equations": ["field", "[D(H, p), -D(H, q)]"],
                 "parameters": {"L1": {"W": [[2, 3]], "b": [0.5]}, "L2": {"W": [[4]]}},
                 "inputs": [[0.1, -0.2], [0, 0]]}""").json().get("results");
        assertThat(results.get(0).get("shape").toString()).isEqualTo("[2]");
        for (int s = 0; s < 2; s++) {
            double slope = 4 * (1 - Math.pow(Math.tanh(s == 0 ? 0.2 - 0.6 + 0.5 : 0.5), 2));
            for (JsonNode result : results) {
                assertThat(result.get("values").get(s).get(0).asDouble()).isCloseTo(3 * slope, within(1e-12));
                assertThat(result.get("values").get(s).get(1).asDouble()).isCloseTo(-2 * slope, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latex", "text", "python"})
    void theFieldIsPrinted(String format) {
        assertThat(post("/v1/expressions", """
                {"network": {"inputs": ["q", "p"], "architecture": {"type": "hamiltonian", "width": 2, "hiddenLayers": 1}},
                 "equations": ["field"], "format": "%s"}""".formatted(format)).json().get("results").get(0)
                .get("entries").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"inputs\": 3, \"architecture\": {\"type\": \"hamiltonian\", \"width\": 0, \"hiddenLayers\": 1001} | "
                + "/inputs must be an even number, positions and then as many momenta, was 3~"
                + "/architecture/width must be between 1 and 4096, was 0~"
                + "/architecture/hiddenLayers must be between 1 and 1000, was 1001",
        "\"inputs\": 4, \"architecture\": {\"type\": \"generalized-hamiltonian\", \"width\": 4, \"hiddenLayers\": 1, "
                + "\"steps\": 1000000, \"stepSize\": 0} | "
                + "/architecture/steps must be between 1 and 1000, was 1000000~"
                + "/architecture/stepSize must be above 0, was 0.0",
        "\"inputs\": 2, \"architecture\": {\"type\": \"lstm\"} | /architecture/type must be one of hamiltonian, lagrangian, resnet, "
                + "sympnet-la, sympnet-g, volume-preserving, generalized-hamiltonian, equations, was 'lstm'",
        "\"inputs\": 2, \"architecture\": {} | /architecture/type is missing, must be one of hamiltonian, lagrangian, resnet, "
                + "sympnet-la, sympnet-g, volume-preserving, generalized-hamiltonian, equations",
        "\"inputs\": 2, \"architecture\": {\"type\": \"sympnet-g\", \"blocks\": 2, \"layers\": 1} | "
                + "/architecture/width is missing~/architecture/blocks is no field of type 'sympnet-g', which has type, "
                + "layers, width, activation",
        "\"inputs\": 2, \"architecture\": {\"type\": \"resnet\", \"blocks\": 1}, \"layers\": [{\"units\": 1}] | "
                + "/architecture must not be given together with layers",
        "\"inputs\": 2, \"layers\": [{\"type\": \"resnet\", \"units\": 2}] | "
                + "/layers/0/units is no field of type 'resnet', which has type, activation"
    })
    void everythingWrongWithAnArchitectureIsNamed(String fields, String errors) {
        Answer answer = post(NETWORKS, "{" + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get("pointer").asString() + " " + error.get("detail").asString())
                .toList()).containsExactlyInAnyOrder(errors.split("~"));
    }
}
