package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the seed's documentation page does, over HTTP. */
class SeedPageTest extends HttpTest {

    @Test
    void fromDefinitionToPredictions() {
        JsonNode network = created("/v1/networks", SEED_NETWORK);
        assertThat(network.get("parameterCount").asInt()).isEqualTo(25);
        assertThat(network.get("parameters").toString()).startsWith(
                "[{\"path\":\"L1.W\",\"shape\":[3,2]},{\"path\":\"L1.b\",\"shape\":[3]}");
        JsonNode dataset = created("/v1/datasets", GAUSSIAN);
        assertThat(dataset.get("samples").asInt()).isEqualTo(441);
        assertThat(dataset.get("inputDimension").asInt()).isEqualTo(2);
        assertThat(dataset.get("targetDimension").asInt()).isEqualTo(1);

        Answer answer = post("/v1/trainings", """
                {"networkId": "%s", "datasetId": "%s", "loss": "relative-l2", "epochs": 20, "batchSize": 10, "seed": 1}"""
                .formatted(network.get("id").asString(), dataset.get("id").asString()), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode training = answer.json();
        assertThat(training.get("state").asString()).isEqualTo("succeeded");
        assertThat(training.get("progress").get("epoch").asInt()).isEqualTo(20);
        JsonNode losses = get("/v1/trainings/" + id(training) + "/metrics").json().get("loss");
        assertThat(losses).hasSize(20);
        assertThat(losses.get(19).asDouble()).isLessThan(losses.get(0).asDouble())
                .isEqualTo(training.get("progress").get("loss").asDouble());

        String model = "/v1/models/" + training.get("modelId").asString();
        assertThat(get(model).json().get("networkId")).isEqualTo(network.get("id"));
        JsonNode parameters = get(model + "/parameters").json();
        assertThat(parameters.get("L1").get("W")).hasSize(3);
        JsonNode outputs = post(model + "/predictions", "{\"inputs\": [[0, 0], [0.5, -0.5]]}").json().get("outputs");
        JsonNode values = post("/v1/evaluations", """
                {"networkId": "%s", "equations": ["z"], "parameters": %s, "inputs": [[0, 0], [0.5, -0.5]]}"""
                .formatted(network.get("id").asString(), parameters)).json().get("results").get(0).get("values");
        assertThat(outputs.get(0).get(0)).isEqualTo(values.get(0));
        assertThat(outputs.get(1).get(0)).isEqualTo(values.get(1));
    }

    @Test
    void theGradientByTheFirstBiasIsThatOfFiniteDifferences() {
        String network = "\"network\": " + SEED_NETWORK;
        String weights = "\"L2\": {\"W\": [[0.1, -0.7, 0.4], [0.9, 0.2, -0.3], [0.5, 0.6, 0.8]], \"b\": [0.1, 0.2, -0.1]},"
                + "\"L3\": {\"W\": [[0.7, -1.1, 0.4]], \"b\": [0.05]}";
        double step = 1e-6;
        JsonNode gradient = evaluate(network, "D(z, L1.b)", weights, 0.3, 0.2, -0.4);
        for (int i = 0; i < 3; i++) {
            double above = evaluate(network, "z", weights, 0.3 + (i == 0 ? step : 0), 0.2 + (i == 1 ? step : 0),
                    -0.4 + (i == 2 ? step : 0)).asDouble();
            double below = evaluate(network, "z", weights, 0.3 - (i == 0 ? step : 0), 0.2 - (i == 1 ? step : 0),
                    -0.4 - (i == 2 ? step : 0)).asDouble();
            assertThat(gradient.get(i).asDouble()).isCloseTo((above - below) / (2 * step), within(1e-9));
        }
    }

    private JsonNode evaluate(String network, String equation, String weights, double b1, double b2, double b3) {
        return post("/v1/evaluations", """
                {%s, "equations": ["%s"], "inputs": [[0.4, -0.8]], "parameters":
                 {"L1": {"W": [[0.3, -0.2], [0.8, 0.5], [-0.6, 0.1]], "b": [%s, %s, %s]}, %s}}"""
                .formatted(network, equation, b1, b2, b3, weights)).json().get("results").get(0).get("values").get(0);
    }

    @Test
    void theSharedGradientReadsLikeBackpropagation() {
        JsonNode result = post("/v1/expressions", """
                {"network": %s, "equations": ["D(z, L1.W)"], "form": "array", "format": "latex",
                 "shareSubexpressions": true}""".formatted(SEED_NETWORK)).json().get("results").get(0);
        assertThat(StreamSupport.stream(result.get("definitions").spliterator(), false)
                .map(d -> d.get("name").asString() + " = " + d.get("expression").asString())).containsExactly(
                        "z^{(1)} = W^{(1)} \\mathbf{x} + b^{(1)}",
                        "a^{(1)} = \\tanh\\left(z^{(1)}\\right)",
                        "z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}",
                        "a^{(2)} = \\tanh\\left(z^{(2)}\\right)",
                        "z^{(3)} = W^{(3)} a^{(2)} + b^{(3)}",
                        "\\delta^{(3)} = \\operatorname{sech}^{2}\\left(z^{(3)}\\right)",
                        "\\delta^{(2)} = \\left(\\left(W^{(3)}\\right)^{\\top} \\delta^{(3)}\\right) \\odot "
                                + "\\operatorname{sech}^{2}\\left(z^{(2)}\\right)",
                        "\\delta^{(1)} = \\left(\\left(W^{(2)}\\right)^{\\top} \\delta^{(2)}\\right) \\odot "
                                + "\\operatorname{sech}^{2}\\left(z^{(1)}\\right)");
        assertThat(result.get("expression").asString()).isEqualTo("\\delta^{(1)} \\mathbf{x}^{\\top}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mse", "relative-l2"})
    void ofALossTheSharedGradientsAreThoseOfTextbooks(String loss) {
        JsonNode results = post("/v1/expressions", """
                {"network": %s, "loss": "%s", "equations": ["D(loss, L1.W)", "D(loss, L2.b)", "D(loss, L3.W)"], "form": "array",
                 "format": "latex", "shareSubexpressions": true}""".formatted(SEED_NETWORK, loss)).json().get("results");
        assertThat(results.get(0).get("definitions").valueStream().map(d -> d.get("name").asString())
                .filter(name -> name.startsWith("\\delta"))).containsExactly("\\delta^{(3)}", "\\delta^{(2)}", "\\delta^{(1)}");
        assertThat(results.get(0).get("definitions").toString()).contains("a^{(3)} - \\\\mathbf{t}");
        assertThat(results.valueStream().map(result -> result.get("expression").asString())).containsExactly(
                "\\delta^{(1)} \\mathbf{x}^{\\top}", "\\delta^{(2)}", "\\delta^{(3)} \\left(a^{(2)}\\right)^{\\top}");
    }

    @Test
    void theSameSeedGivesTheSameParametersAndAChosenOneIsReported() {
        String request = """
                {"network": %s, "dataset": %s, "epochs": 3, "batchSize": 32, "seed": %s}""";
        JsonNode first = trained(request.formatted(SEED_NETWORK, GAUSSIAN, "7"));
        JsonNode chosen = trained(request.formatted(SEED_NETWORK, GAUSSIAN, "null"));
        JsonNode repeated = trained(request.formatted(SEED_NETWORK, GAUSSIAN, chosen.get("seed").toString()));
        assertThat(parameters(trained(request.formatted(SEED_NETWORK, GAUSSIAN, "7")))).isEqualTo(parameters(first));
        assertThat(parameters(repeated)).isEqualTo(parameters(chosen)).isNotEqualTo(parameters(first));
    }

    @Test
    void aModelsParametersAreAcceptedAsInitialOnes() {
        JsonNode trained = trained("""
                {"network": %s, "dataset": %s, "epochs": 2, "seed": 3}""".formatted(SEED_NETWORK, GAUSSIAN));
        JsonNode further = trained("""
                {"networkId": "%s", "datasetId": "%s", "epochs": 1, "initialParameters": %s}""".formatted(
                trained.get("networkId").asString(), trained.get("datasetId").asString(), parameters(trained)));
        double before = get("/v1/models/" + trained.get("modelId").asString()).json().get("loss").asDouble();
        double after = get("/v1/trainings/" + id(further) + "/metrics").json().get("loss").get(0).asDouble();
        assertThat(after).isCloseTo(before, within(0.2 * before));
    }

    @Test
    void eventsTellProgressAndTheEndAndGoOnWhereTheyStopped() {
        JsonNode training = trained("""
                {"network": %s, "dataset": %s, "epochs": 3, "seed": 3}""".formatted(SEED_NETWORK, GAUSSIAN));
        String events = "/v1/trainings/" + id(training) + "/events";
        String all = get(events).response().body();
        assertThat(all).contains("id:3\nevent:progress\ndata:{\"epoch\":3,\"epochs\":3,", "id:finished\nevent:finished\n");
        assertThat(get(events, "Last-Event-ID", "3").response().body()).doesNotContain("event:progress")
                .contains("event:finished");
        assertThat(get(events, "Last-Event-ID", "finished").status()).isEqualTo(204);
    }

    @Test
    void cancellingKeepsTheModelSoFar() {
        String request = """
                {"network": %s, "dataset": %s, "epochs": 100000, "batchSize": 10, "seed": 3}"""
                .formatted(SEED_NETWORK, GAUSSIAN);
        String path = post("/v1/trainings", request).header("Location");
        while (get(path).json().get("progress").get("epoch").asInt() == 0) {
            assertThat(get(path).json().get("state").asString()).isIn("queued", "running");
        }
        assertThat(post(path + "/cancel", "").json().get("state").asString()).isEqualTo("cancelled");
        JsonNode training = get(path).json();
        assertThat(training.get("progress").get("epoch").asInt()).isLessThan(100_000);
        assertThat(get("/v1/models/" + training.get("modelId").asString() + "/parameters").status()).isEqualTo(200);
        assertThat(get(path + "/metrics").json().get("loss")).hasSize(training.get("progress").get("epoch").asInt());
        assertThat(post(path + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void divergenceFailsWithTheEpoch() {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": 2, "layers": [{"units": 3, "activation": "identity"},
                   {"units": 1, "activation": "identity"}]},
                 "dataset": %s, "epochs": 10, "optimizer": {"learningRate": 1e200}}""".formatted(GAUSSIAN),
                "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).isEqualTo("failed");
        assertThat(answer.json().get("error").asString()).startsWith("the loss became ").contains(" in epoch 1, it is ");
        assertThat(answer.json().get("modelId").isNull()).isTrue();
    }

    @Test
    void trainedParametersAreSubstituted() {
        JsonNode training = trained("""
                {"network": %s, "dataset": %s, "epochs": 1, "seed": 3}""".formatted(SEED_NETWORK, GAUSSIAN));
        String expression = post("/v1/expressions", """
                {"modelId": "%s", "equations": ["D(z, x)"], "format": "text", "substituteParameters": true}"""
                .formatted(training.get("modelId").asString())).json().get("results").get(0).get("expression").asString();
        assertThat(expression).contains("x", "y", "tanh").doesNotContain("L1");
        JsonNode posted = post("/v1/evaluations", """
                {"modelId": "%s", "equations": ["%s", "D(z, x)"], "inputs": [[0.1, 0.7]]}"""
                .formatted(training.get("modelId").asString(), expression)).json().get("results");
        assertThat(posted.get(0).get("values").get(0).asDouble())
                .isCloseTo(posted.get(1).get("values").get(0).asDouble(), within(1e-14));
    }

    @Test
    void oneEquationOfAStoredNetworkIsCacheable() {
        String path = "/v1/networks/" + id(created("/v1/networks", SEED_NETWORK))
                + "/expressions?equation=D(z,L1.b)&format=latex";
        Answer answer = get(path);
        assertThat(answer.json().get("results").get(0).get("entries")).hasSize(3);
        assertThat(get(path, "If-None-Match", answer.header("ETag")).status()).isEqualTo(304);
    }

    @Test
    void listsGoFromNewestToOldestByPages() {
        String oldest = id(created("/v1/networks", SEED_NETWORK));
        String newest = id(created("/v1/networks", SEED_NETWORK));
        JsonNode page = get("/v1/networks?pageSize=1").json();
        assertThat(page.get("items").get(0).get("id").asString()).isEqualTo(newest);
        JsonNode next = get("/v1/networks?pageSize=1&pageToken=" + page.get("nextPageToken").asString()).json();
        assertThat(next.get("items").get(0).get("id").asString()).isEqualTo(oldest);
        assertThat(delete("/v1/networks/" + newest).status()).isEqualTo(204);
        assertThat(get("/v1/networks/" + newest).status()).isEqualTo(404);
    }

    private JsonNode trained(String request) {
        Answer answer = post("/v1/trainings", request, "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    private JsonNode parameters(JsonNode training) {
        return get("/v1/models/" + training.get("modelId").asString() + "/parameters").json();
    }

    private static String id(JsonNode stored) {
        return stored.get("id").asString();
    }
}
