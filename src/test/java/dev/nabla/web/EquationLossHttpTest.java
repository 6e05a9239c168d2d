package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Losses written as equations: −Δu = f on the unit square with u = 0 on its boundary, in a short form. */
class EquationLossHttpTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x", "y"], "outputs": ["u"], "layers": [{"units": 16}, {"units": 16},
             {"units": 1, "activation": "identity"}]}""";
    private static final String INTERIOR = """
            {"grid": {"x": {"from": 0.05, "to": 0.95, "step": 0.1}, "y": {"from": 0.05, "to": 0.95, "step": 0.1}},
             "targets": {"f": "2 * 9.869604401089358 * sin(3.141592653589793 * x) * sin(3.141592653589793 * y)"}}""";
    private static final String BOUNDARY = """
            {"inputs": [[0, 0], [0.25, 0], [0.5, 0], [0.75, 0], [1, 0], [0, 0.25], [0, 0.5], [0, 0.75], [0, 1],
             [0.25, 1], [0.5, 1], [0.75, 1], [1, 1], [1, 0.25], [1, 0.5], [1, 0.75]]}""";

    @Test
    void aPhysicsInformedNetworkIsTrainedByItsEquations() {
        String boundary = created("/v1/datasets", BOUNDARY).get("id").asString();
        Answer answer = post("/v1/trainings", """
                {"network": %s, "dataset": %s, "epochs": 2000, "batchSize": 100, "seed": 1,
                 "optimizer": {"learningRate": 0.005},
                 "loss": {"terms": [{"equation": "D(u, x, x) + D(u, y, y) + f"},
                                    {"equation": "u", "dataset": "%s", "weight": 100}]}}"""
                .formatted(NETWORK, INTERIOR, boundary), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode training = answer.json();
        assertThat(training.get("state").asString()).isEqualTo("succeeded");
        assertThat(training.at("/loss/terms/1/dataset").asString()).isEqualTo(boundary);
        assertThat(training.at("/loss/terms/1/weight").asDouble()).isEqualTo(100);
        JsonNode outputs = post("/v1/models/" + training.get("modelId").asString() + "/predictions",
                "{\"inputs\": [[0.5, 0.5], [0.25, 0.5], [0.25, 0.25]]}").json().get("outputs");
        double[] exact = {1, Math.sqrt(0.5), 0.5};
        for (int i = 0; i < exact.length; i++) {
            assertThat(outputs.get(i).get(0).asDouble()).isBetween(exact[i] - 0.05, exact[i] + 0.05);
        }
        JsonNode metrics = get("/v1/trainings/" + training.get("id").asString() + "/metrics").json();
        assertThat(metrics.at("/terms/0/equation").asString()).isEqualTo("D(u, x, x) + D(u, y, y) + f");
        assertThat(metrics.get("terms")).hasSize(2).allSatisfy(term -> assertThat(term.get("loss")).hasSize(2000));
        for (int epoch : new int[] {0, 1, 1999}) {
            String place = "/loss/" + epoch;
            assertThat(metrics.at("/terms/0" + place).asDouble() + metrics.at("/terms/1" + place).asDouble())
                    .isCloseTo(metrics.at(place).asDouble(), withinPercentage(1e-9));
        }
        Answer refused = delete("/v1/datasets/" + boundary);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).isEqualTo("trainings refer to this dataset: " + training.get("id").asString()
                + "; delete them first");
        assertThat(delete("/v1/trainings/" + training.get("id").asString()).status()).isEqualTo(204);
        assertThat(delete("/v1/datasets/" + boundary).status()).isEqualTo(204);
    }

    @Test
    void everythingWrongWithTermsIsNamed() {
        expectError("{\"terms\": []}", "/loss/terms", "must have between 1 and 100 items, had 0");
        expectError("{}", "/loss/terms", "is missing");
        expectError("\"hinge\"", "/loss", "must be one of mse, relative-l2, hamiltonian, mae, huber, cross-entropy, "
                + "binary-cross-entropy, or an object, was 'hinge'");
        expectError("{\"terms\": [{}]}", "/loss/terms/0/equation", "is missing");
        expectError("{\"terms\": [null]}", "/loss/terms/0", "must not be null");
        expectError("{\"terms\": [{\"equation\": \"u\", \"weight\": -1}]}", "/loss/terms/0/weight",
                "must be above 0, was -1.0");
        expectError("{\"terms\": [{\"equation\": \"u\", \"dataset\": \"x\"}]}", "/loss/terms/0/dataset",
                "must be an id, which is a UUID");
        expectError("{\"terms\": [{\"equation\": \"u\", \"dataset\": \"00000000-0000-0000-0000-000000000000\"},"
                + " {\"equation\": \"u +\"}]}", "/loss/terms/0/dataset",
                "there is no dataset '00000000-0000-0000-0000-000000000000'");
        JsonNode error = expectError("{\"terms\": [{\"equation\": \"u\"}, {\"equation\": \"u + g\"}]}",
                "/loss/terms/1/equation", "g");
        assertThat(error.get("position").asInt()).isEqualTo(4);
        JsonNode errors = post("/v1/trainings", "{\"network\": %s, \"dataset\": %s, \"loss\": {\"terms\": [%s, %s]}}"
                .formatted(NETWORK, INTERIOR, "{\"equation\": \"u + g\"}", "{\"equation\": \"D(u\"}")).json().get("errors");
        assertThat(errors).extracting(wrong -> wrong.get("pointer").asString())
                .containsExactly("/loss/terms/0/equation", "/loss/terms/1/equation");
    }

    @Test
    void datasetsOfTermsHaveTheInputsOfTheNetwork() {
        String other = created("/v1/datasets", "{\"inputs\": [[1], [2]]}").get("id").asString();
        Answer answer = post("/v1/trainings", """
                {"network": %s, "dataset": %s, "loss": {"terms": [{"equation": "u + f"},
                 {"equation": "u", "dataset": "%s"}]}}""".formatted(NETWORK, INTERIOR, other));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("errors")).hasSize(1);
    }

    private JsonNode expectError(String loss, String pointer, String detail) {
        Answer answer = post("/v1/trainings", "{\"network\": %s, \"dataset\": %s, \"loss\": %s}"
                .formatted(NETWORK, INTERIOR, loss));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        JsonNode error = answer.json().at("/errors/0");
        assertThat(error.get("pointer").asString()).isEqualTo(pointer);
        assertThat(error.get("detail").asString()).contains(detail);
        return error;
    }
}
