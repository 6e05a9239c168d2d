package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Normalizations that a training fits, or is given, over HTTP. */
class NormalizationHttpTest extends TrainedHttpTest {

    @Test
    void normalizationIsFittedToTheRowsThatAreTrainedOn() {
        JsonNode training = succeeded(train(network(", \"normalization\": {\"inputs\": \"standard\", \"outputs\": \"min-max\"}"),
                wideData(20), "\"epochs\": 300, \"optimizer\": {\"type\": \"lbfgs\"}, \"validationFraction\": 0.2"));
        JsonNode parameters = parameters(training).get("normalization");
        JsonNode heldOut = get("/v1/trainings/" + training.get("id").asString() + "/validation-rows").json().get("rows");
        assertThat(heldOut).hasSize(4);
        List<Integer> validation = StreamSupport.stream(heldOut.spliterator(), false).map(JsonNode::asInt).toList();
        int[] rows = IntStream.range(0, 20).filter(row -> !validation.contains(row)).toArray();
        assertThat(rows).hasSize(16);
        double[] x = Arrays.stream(rows).mapToDouble(i -> 1e6 + 1000 * i).toArray();
        double mean = Arrays.stream(x).average().orElseThrow();
        assertThat(parameters.at("/x/mean").asDouble()).isCloseTo(mean, within(1e-8));
        assertThat(parameters.at("/x/scale").asDouble()).isCloseTo(
                Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow()), within(1e-8));
        assertThat(parameters.get("c").toString()).isEqualTo("{\"mean\":7.0,\"scale\":1.0}");
        assertThat(parameters.at("/y/mean").asDouble()).isCloseTo(3e9 + 1e7 * (rows[0] + rows[15]), within(1e-3));
        assertThat(parameters.at("/y/scale").asDouble()).isCloseTo(1e7 * (rows[15] - rows[0]), within(1e-3));
        JsonNode predicted = post("/v1/models/" + training.get("modelId").asString() + "/predictions",
                "{\"inputs\": [[1003500, 7]]}").json();
        assertThat(predicted.at("/outputs/0/0").asDouble()).isCloseTo(3e9 + 7e7, within(1e5));
        JsonNode slope = post("/v1/evaluations", "{\"modelId\": \"" + training.get("modelId").asString()
                + "\", \"equations\": [\"D(y, x)\"], \"inputs\": [[1010500, 7]]}").json();
        assertThat(slope.at("/results/0/values/0").asDouble()).isCloseTo(2e4, within(200.0));
    }

    @Test
    void whereNothingIsHeldOutNoRowIsOfValidation() {
        JsonNode whole = succeeded(train(network(""), wideData(3), "\"epochs\": 1"));
        String path = "/v1/trainings/" + whole.get("id").asString() + "/validation-rows";
        assertThat(get(path).json()).hasToString("{\"rows\":[]}");
        assertThat(get("/v1/trainings/" + UUID.randomUUID() + "/validation-rows").status()).isEqualTo(404);
    }

    /** It starts from the model's numbers, though its rows have others. */
    @Test
    void aTrainingFromAModelKeepsItsNormalization() {
        String network = network(", \"normalization\": {\"inputs\": \"standard\", \"outputs\": \"standard\"}");
        JsonNode first = succeeded(train(network, wideData(20), "\"epochs\": 1"));
        JsonNode second = succeeded(train(network, wideData(30), "\"epochs\": 1, \"initialModelId\": \""
                + first.get("modelId").asString() + "\""));
        assertThat(parameters(second).get("normalization")).isEqualTo(parameters(first).get("normalization"));
        JsonNode third = succeeded(train(network, wideData(30), "\"epochs\": 1, \"initialParameters\": {\"normalization\": "
                + "{\"x\": {\"mean\": 5}}}"));
        assertThat(parameters(third).at("/normalization/x/mean").asDouble()).isEqualTo(5);
        assertThat(parameters(third).at("/normalization/y/mean").asDouble()).isCloseTo(3e9 + 14.5 * 2e7, within(1e-3));
    }

    @Test
    void outputsAreFittedToTargetsOfOutputsOnly() {
        String network = """
                {"inputs": ["q", "p"], "outputs": ["H"], "architecture": {"type": "hamiltonian", "width": 2, "hiddenLayers": 1},
                 "normalization": {"outputs": "standard"}}""";
        String data = "{\"inputs\": [[1, 2], [3, 4]], \"targets\": [[1, 2], [3, 5]]}";
        Answer answer = train(network, data, "\"loss\": \"hamiltonian\"");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/network/normalization/outputs\",\"detail\":"
                + "\"is fitted to targets that are matched with the outputs, of which there are none: give numbers, as in "
                + "{\\\"H\\\": {\\\"mean\\\": 0, \\\"scale\\\": 2}}, or leave outputs out\"}]");
        succeeded(train(network.replace("outputs\": \"standard\"", "inputs\": \"standard\""), data,
                "\"epochs\": 1, \"loss\": \"hamiltonian\""));
    }

    @Test
    void aNormalizationIsAnsweredAndAcceptedAgain() {
        JsonNode answer = created("/v1/networks", network(
                ", \"normalization\": {\"inputs\": \"standard\", \"outputs\": {\"y\": {\"mean\": 1}}}"));
        assertThat(answer.get("normalization").toString())
                .isEqualTo("{\"inputs\":\"standard\",\"outputs\":{\"y\":{\"mean\":1.0,\"scale\":1.0}}}");
        JsonNode again = created("/v1/networks", network(", \"normalization\": " + answer.get("normalization")));
        assertThat(again.get("parameters")).isEqualTo(answer.get("parameters"));
        Answer renamed = send(request("/v1/networks/" + answer.get("id").asString()).header("Content-Type",
                "application/merge-patch+json").method("PATCH", BodyPublishers.ofString("{\"name\": \"other\"}")));
        assertThat(renamed.status()).as(renamed.response().body()).isEqualTo(200);
        assertThat(renamed.json().get("normalization")).isEqualTo(answer.get("normalization"));
        for (String format : List.of("latex", "text", "python")) {
            for (String form : List.of("scalar", "array")) {
                Answer print = post("/v1/expressions", "{\"networkId\": \"" + answer.get("id").asString()
                        + "\", \"equations\": [\"y\"], \"format\": \"" + format + "\", \"form\": \"" + form + "\"}");
                assertThat(print.status()).as(print.response().body()).isEqualTo(200);
                assertThat(print.response().body()).contains("normalization", "mean", "scale");
            }
        }
    }

    @Test
    void inputsAreFittedToTheRangesOfPointsThatAreDrawn() {
        String request = """
                "network": {"inputs": ["x", "t"], "layers": [{"units": 2}, {"units": 1}], "normalization": {"inputs": "standard"}},
                 "loss": {"terms": [{"equation": "D(y1, t)", "sample": {"points": 30, "ranges": {"x": [-1, 5], "t": [0, 4]}}},
                                    {"equation": "y1", "sample": {"points": 10, "ranges": {"t": [0, 0], "x": [-1, 5]}}}]},
                 "epochs": 1""";
        JsonNode numbers = parameters(goOn(request)).get("normalization");
        assertThat(numbers.at("/x/mean").asDouble()).isCloseTo(2, within(1e-15));
        assertThat(numbers.at("/x/scale").asDouble()).isCloseTo(Math.sqrt(3), within(1e-15));
        assertThat(numbers.at("/t/mean").asDouble()).isCloseTo(1.5, within(1e-15));
        assertThat(numbers.at("/t/scale").asDouble()).isCloseTo(Math.sqrt(0.75 * (4.0 / 3 + 0.25) + 0.25 * 2.25), within(1e-15));
        JsonNode middle = parameters(goOn(request.replace("standard", "min-max"))).get("normalization");
        assertThat(middle.get("t").toString()).isEqualTo("{\"mean\":2.0,\"scale\":2.0}");
    }

    @Test
    void outputsOfAnEntropyAreNotFitted() {
        Answer answer = train("{\"inputs\": 1, \"layers\": [{\"units\": 1, \"activation\": \"identity\"}], \"normalization\": "
                + "{\"outputs\": \"standard\"}}", "{\"inputs\": [[0], [1]], \"targets\": [[0], [1]]}",
                "\"loss\": \"binary-cross-entropy\"");
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/network/normalization/outputs\",\"detail\":"
                + "\"must be left out for the loss binary-cross-entropy, as its targets are probabilities and the outputs are those "
                + "of which they are made\"}]");
    }

    /** The rule of a definition holds for numbers wherever they come from. */
    @Test
    void initialParametersKeepAMapSymplectic() {
        String network = """
                {"inputs": ["q", "p"], "outputs": ["Q", "P"], "architecture": {"type": "sympnet-g", "layers": 1, "width": 2},
                 "normalization": {"inputs": {"q": {"scale": 2}}, "outputs": {"Q": {"scale": 2}}}}""";
        String data = "{\"inputs\": [[1, 2], [3, 4]], \"targets\": [[1, 2], [3, 5]]}";
        String numbers = "\"epochs\": 1, \"initialParameters\": {\"normalization\": {\"q\": {\"scale\": %s}, \"Q\": {\"scale\": %s}}}";
        assertThat(train(network, data, numbers.formatted(3, 2)).json().get("errors").toString()).contains(
                "\"/initialParameters/normalization\"", "would not leave the map symplectic");
        assertThat(train(network, data, numbers.formatted(0, 2)).json().get("errors").toString()).contains(
                "\"/initialParameters/normalization/q/scale\"", "must be above 0, was 0.0");
        succeeded(train(network, data, numbers.formatted(3, 3)));
    }
}
