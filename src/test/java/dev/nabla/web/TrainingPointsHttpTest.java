package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where terms of a loss are to hold. */
class TrainingPointsHttpTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x", "t"], "outputs": ["u"], "layers": [{"units": 2}, {"units": 1}]}""";

    private static final String RANGES = "\"ranges\": {\"t\": [0, 1], \"x\": [2, 3]}";

    /** The loss of the last epoch is a mean over the points, so it tells which they were. */
    @Test
    void drawnPointsAreThoseOfTheLastEpoch() {
        for (String sample : new String[] {
            "\"points\": 50", "\"points\": 50, \"method\": \"sobol\"",
            "\"points\": 50, \"method\": \"latin-hypercube\", \"where\": \"x < 2.5\"",
            "\"points\": 50, \"resampleEvery\": 2", "\"points\": 50, \"resampleEvery\": 1"}) {
            JsonNode training = trained("{\"equation\": \"x - 100 * t\", \"sample\": {%s, %s}}".formatted(sample, RANGES), 5);
            JsonNode points = get(path(training)).json();
            assertThat(points.get("inputNames")).hasToString("[\"x\",\"t\"]");
            assertThat(points.get("inputs")).hasSize(50);
            double sum = 0;
            for (JsonNode point : points.get("inputs")) {
                assertThat(point.get(0).asDouble()).isBetween(2.0, sample.contains("where") ? 2.5 : 3.0);
                sum += Math.pow(point.get(0).asDouble() - 100 * point.get(1).asDouble(), 2);
            }
            JsonNode loss = get(path(training).replace("/points", "/metrics")).json().at("/terms/0/loss");
            assertThat(loss.get(loss.size() - 1).asDouble()).as(sample).isCloseTo(sum / 50, within(1e-9 * sum));
        }
    }

    @Test
    void theSamplesOfADatasetComeInTheOrderOfTheNetwork() {
        JsonNode training = trained("""
                {"equation": "u", "sample": {"points": 3, "ranges": {"t": [0, 1], "x": [2, 3]}}},
                {"equation": "u", "dataset": {"inputNames": ["t", "x"], "inputs": [[1, 2], [3, 4]]}}""", 1);
        JsonNode points = get(path(training) + "?term=1").json();
        assertThat(points).hasToString("{\"inputNames\":[\"x\",\"t\"],\"inputs\":[[2.0,1.0],[4.0,3.0]]}");
    }

    @Test
    void pointsThatFollowAResidualAreRefusedOnceTheyAreDrawnAnew() {
        String term = """
                {"equation": "u", "sample": {"points": 3, "ranges": {"t": [0, 1], "x": [2, 3]}, "resampleEvery": 2,
                 "adaptive": "residual"}}""";
        assertThat(get(path(trained(term, 2))).status()).isEqualTo(200);
        assertThat(get(path(trained(term, 3))).status()).isEqualTo(409);
    }

    @Test
    void aTermThatThereIsNotIsNamed() {
        JsonNode training = trained("{\"equation\": \"u\", \"sample\": {\"points\": 3, %s}}".formatted(RANGES), 1);
        for (String wrong : new String[] {"1", "-1", "x"}) {
            Answer answer = get(path(training) + "?term=" + wrong);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/term");
        }
        Answer named = post("/v1/trainings", "{\"network\": %s, \"dataset\": %s, \"epochs\": 1}"
                .formatted(SEED_NETWORK, GAUSSIAN), "Prefer", "wait=20");
        assertThat(get(path(named.json())).json().get("inputs")).hasSize(441);
        assertThat(get(path(named.json()) + "?term=1").status()).isEqualTo(422);
    }

    private JsonNode trained(String terms, int epochs) {
        Answer answer = post("/v1/trainings", """
                {"network": %s, "epochs": %d, "batchSize": 100, "seed": 7, "loss": {"terms": [%s]}}"""
                .formatted(NETWORK, epochs, terms), "Prefer", "wait=20");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static String path(JsonNode training) {
        return "/v1/trainings/" + training.get("id").asString() + "/points";
    }
}
