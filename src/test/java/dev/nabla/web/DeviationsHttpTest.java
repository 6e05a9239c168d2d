package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How well trainings decide coefficients and outputs; {@code PosteriorTest} has the closed forms. */
class DeviationsHttpTest extends HttpTest {

    private static final String LINE = """
            "network": {"inputs": ["x"], "architecture": {"type": "equations", "outputs": {"y": "a * x + b"},
              "coefficients": {"a": {"initial": 1}, "b": {"initial": 0, "max": 100}}}}""";
    private static final String POINTS = "{\"inputs\": [[0], [10]], \"standardDeviations\": true}";

    private final long seed = System.nanoTime();
    private final double[] noise = new Random(seed).doubles(20, -1, 1).toArray();

    private String data() {
        return "\"dataset\": {\"inputs\": [%s], \"targets\": [%s], \"inputNames\": [\"x\"], \"targetNames\": [\"y\"]}".formatted(
                IntStream.range(0, 20).mapToObj(i -> "[" + i + "]").collect(Collectors.joining(",")),
                IntStream.range(0, 20).mapToObj(i -> "[" + (3 * i - 2 + noise[i]) + "]").collect(Collectors.joining(",")));
    }

    private JsonNode trained(String training) {
        Answer answer = post("/v1/trainings", training, "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    private String model(String rest) {
        return trained("{%s, %s, %s}".formatted(LINE, data(), rest)).get("modelId").asString();
    }

    private void assertRefused(String model, String why, String... headers) {
        Answer answer = post("/v1/models/" + model + "/predictions", POINTS, headers);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/standardDeviations");
        assertThat(answer.json().at("/errors/0/detail").asString()).contains(why);
    }

    /** √(s² / Σ(x − x̄)²) and √(s² (1 / m + (x − x̄)² / Σ(x − x̄)²)) with s² = Σ r² / (m − 2). */
    @Test
    void ofARegressionLineTheyAreItsStandardErrors() {
        String id = model("\"loss\": \"mse\", \"epochs\": 100, \"optimizer\": {\"type\": \"gauss-newton\"}");
        JsonNode coefficients = get("/v1/models/" + id).json().get("coefficients");
        double a = coefficients.at("/a/value").asDouble();
        double b = coefficients.at("/b/value").asDouble();
        double squares = IntStream.range(0, 20).mapToDouble(i -> Math.pow(a * i + b - (3 * i - 2 + noise[i]), 2)).sum();
        double spread = 20 * (400 - 1) / 12.0;
        assertThat(coefficients.at("/a/standardDeviation").asDouble()).as("seed %d", seed)
                .isCloseTo(Math.sqrt(squares / 18 / spread), within(1e-8));
        JsonNode predicted = post("/v1/models/" + id + "/predictions", POINTS).json();
        for (int k = 0; k < 2; k++) {
            assertThat(predicted.at("/standardDeviations/" + k + "/0").asDouble()).as("seed %d", seed)
                    .isCloseTo(Math.sqrt(squares / 18 * (1.0 / 20 + Math.pow(10 * k - 9.5, 2) / spread)), within(1e-8));
        }
        assertThat(predicted.at("/standardDeviations/0/0").asDouble()).isCloseTo(coefficients.at("/b/standardDeviation").asDouble(),
                within(1e-8));
        assertThat(post("/v1/models/" + id + "/predictions", "{\"inputs\": [[0]]}").json().has("standardDeviations")).isFalse();
        assertRefused(id, "JSON only", "Accept", "text/csv");
    }

    @Test
    void whereATrainingDoesNotTellThemTheyAreRefusedAndNull() {
        String far = model("\"loss\": \"mse\", \"epochs\": 2, \"optimizer\": {\"type\": \"adam\"}");
        assertRefused(far, "standard deviations from its most probable parameters");
        assertThat(get("/v1/models/" + far).json().at("/coefficients/a/standardDeviation").isNull()).isTrue();
        String absolute = model("\"loss\": \"mae\", \"epochs\": 2");
        assertRefused(absolute, "no sum of squares");
        Answer ensemble = post("/v1/ensembles", "{\"modelIds\": [\"" + far + "\", \"" + absolute + "\"]}");
        Answer ofEnsemble = post("/v1/ensembles/" + ensemble.json().get("id").asString() + "/predictions", POINTS);
        assertThat(ofEnsemble.status()).isEqualTo(422);
        assertThat(ofEnsemble.json().at("/errors/0/pointer").asString()).isEqualTo("/standardDeviations");
        String brought = post("/v1/models/import", "{\"parameters\": {\"0.weight\": [[1]], \"0.bias\": [0]}}").json().get("id").asString();
        assertRefused(brought, "whose training is still there");
    }

    @Test
    void ofTooManyParametersTheyAreRefused() {
        String wide = trained("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 700}, {"units": 1, "activation": "identity"}]},
                 %s, "loss": "mse", "epochs": 1}""".formatted(data())).get("modelId").asString();
        assertRefused(wide, "at most 2000 trained parameters");
    }

    @Test
    void whereAnOutputIsUndefinedItHasNone() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x"], "architecture": {"type": "equations", "outputs": {"y": "a * log(x + 1)"},
                  "coefficients": {"a": {"initial": 1}}}}, %s, "loss": "mse", "epochs": 50, "optimizer": {"type": "gauss-newton"}}"""
                .formatted(data()));
        JsonNode predicted = post("/v1/models/" + training.get("modelId").asString() + "/predictions",
                "{\"inputs\": [[1], [-1]], \"standardDeviations\": true}").json();
        assertThat(predicted.at("/standardDeviations/0/0").asDouble()).isPositive();
        assertThat(predicted.at("/standardDeviations/1").isNull()).isTrue();
        assertThat(predicted.get("undefined")).hasSize(1);
    }
}
