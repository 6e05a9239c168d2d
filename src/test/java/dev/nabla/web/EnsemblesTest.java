package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Models that are asked together. */
class EnsemblesTest extends HttpTest {

    private static final String POINTS = "[[0, 0], [0.5, -0.25], [1, 1]]";

    /** The id of a model of so many hidden units. */
    private String model(int units, String inputs) {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": %s, "outputs": ["z"], "layers": [{"units": %d}, {"units": 1, "activation": "exp"}]},
                 "dataset": {"inputs": [[0, 1], [1, 0]], "targets": [[1], [2]]}, "epochs": 3}""".formatted(inputs, units), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("modelId").asString();
    }

    private static String ids(List<String> models) {
        return JSON.writeValueAsString(models);
    }

    private JsonNode ensemble(List<String> models) {
        return created("/v1/ensembles", "{\"name\": \"e\", \"tags\": [\"t\"], \"modelIds\": " + ids(models) + "}");
    }

    private double[][] values(String model, String equation) {
        JsonNode values = post("/v1/evaluations", "{\"modelId\": \"" + model + "\", \"equations\": [\"" + equation + "\"], \"inputs\": "
                + POINTS + "}").json().at("/results/0/values");
        return values.valueStream().map(EnsemblesTest::flat).toArray(double[][]::new);
    }

    private static double[] flat(JsonNode node) {
        return node.isNumber() ? new double[] {node.asDouble()}
                : node.valueStream().flatMapToDouble(part -> Arrays.stream(flat(part))).toArray();
    }

    /** As {@code numpy.mean(values, axis=0)} and {@code numpy.std(values, axis=0, ddof=1)} do. */
    private static void assertSpread(List<double[][]> values, JsonNode mean, JsonNode deviation) {
        for (int s = 0; s < values.getFirst().length; s++) {
            double[] means = flat(mean.get(s));
            double[] deviations = flat(deviation.get(s));
            for (int e = 0; e < means.length; e++) {
                int sample = s;
                int entry = e;
                double[] x = values.stream().mapToDouble(of -> of[sample][entry]).toArray();
                double m = Arrays.stream(x).sum() / x.length;
                double variance = Arrays.stream(x).map(v -> (v - m) * (v - m)).sum() / (x.length - 1);
                assertThat(means[e]).isCloseTo(m, within(1e-12 * Math.abs(m) + 1e-300));
                assertThat(deviations[e]).isPositive().isCloseTo(Math.sqrt(variance), within(1e-9 * Math.sqrt(variance)));
            }
        }
    }

    @Test
    void predictionsAndEquationsHaveTheMeanAndTheDeviationOfTheModels() {
        List<String> models = List.of(model(2, "[\"x\", \"y\"]"), model(3, "[\"x\", \"y\"]"), model(5, "[\"x\", \"y\"]"));
        String id = ensemble(models).get("id").asString();
        JsonNode predicted = post("/v1/ensembles/" + id + "/predictions", "{\"inputs\": " + POINTS + "}").json();
        assertSpread(models.stream().map(model -> values(model, "outputs")).toList(), predicted.get("mean"),
                predicted.get("standardDeviation"));
        assertThat(predicted.has("undefined")).isFalse();
        JsonNode results = post("/v1/evaluations", "{\"ensembleId\": \"" + id + "\", \"equations\": [\"z\", \"D(outputs, inputs)\"], \"inputs\": "
                + POINTS + "}").json().get("results");
        for (JsonNode result : results) {
            assertThat(result.has("values")).isFalse();
            assertSpread(models.stream().map(model -> values(model, result.get("equation").asString())).toList(), result.get("mean"),
                    result.get("standardDeviation"));
        }
        assertThat(results.get(1).get("shape").toString()).isEqualTo("[1,2]");
        assertThat(results.get(1).at("/mean/0/0")).hasSize(2);
        JsonNode turned = post("/v1/ensembles/" + id + "/predictions",
                "{\"inputs\": [[-0.25, 0.5]], \"inputNames\": [\"y\", \"x\"]}").json();
        assertThat(turned.get("mean").get(0)).isEqualTo(predicted.get("mean").get(1));
    }

    @Test
    void modelsThatAgreeHaveNoSpread() {
        String model = model(2, "[\"x\", \"y\"]");
        JsonNode parameters = get("/v1/models/" + model + "/parameters").json();
        String network = get("/v1/models/" + model).json().get("networkId").asString();
        List<String> models = new ArrayList<>(List.of(model));
        for (int i = 0; i < 2; i++) {
            models.add(post("/v1/trainings", """
                    {"networkId": "%s", "dataset": {"inputs": [[0, 1], [1, 0]], "targets": [[1], [2]]}, "epochs": 1, "optimizer": {"type": "gradient-descent", "learningRate": 1e-300},
                     "initialParameters": %s}""".formatted(network, parameters), "Prefer", "wait=60").json().get("modelId").asString());
        }
        JsonNode predicted = post("/v1/ensembles/" + ensemble(models).get("id").asString() + "/predictions",
                "{\"inputs\": " + POINTS + "}").json();
        assertThat(flat(predicted.get("standardDeviation"))).containsOnly(0);
        assertThat(flat(predicted.get("mean"))).isEqualTo(Arrays.stream(values(model, "outputs")).flatMapToDouble(
                Arrays::stream).toArray());
    }

    @Test
    void whereOneModelHasNoValueThereIsNone() {
        List<String> models = List.of(model(2, "[\"x\", \"y\"]"), model(2, "[\"x\", \"y\"]"));
        String id = ensemble(models).get("id").asString();
        String request = "{\"ensembleId\": \"" + id + "\", \"equations\": [\"z\", \"log(x) * z\"], \"inputs\": [[1, 1], [-1, 0]]%s}";
        JsonNode answer = post("/v1/evaluations", request.formatted("")).json();
        assertThat(answer.at("/results/1/mean/1").isNull()).isTrue();
        assertThat(answer.at("/results/1/standardDeviation/1").isNull()).isTrue();
        assertThat(answer.at("/results/0/mean/1").isNumber()).isTrue();
        assertThat(answer.get("undefined")).hasSize(1);
        assertThat(answer.at("/undefined/0/reason").asString()).contains("log").endsWith("of model " + models.getFirst());
        assertThat(post("/v1/evaluations", request.formatted(", \"undefined\": \"refuse\"")).json().at("/errors/0/pointer").asString())
                .isEqualTo("/inputs/1");
    }

    @Test
    void modelsThatDoNotFitTogetherAreNamed() {
        String first = model(2, "[\"x\", \"y\"]");
        String other = model(3, "[\"y\", \"x\"]");
        Answer answer = post("/v1/ensembles", "{\"modelIds\": " + ids(List.of(first, other, first)) + "}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors")).extracting(error -> error.get("pointer").asString())
                .containsExactlyInAnyOrder("/modelIds/1", "/modelIds/2");
        assertThat(answer.json().get("errors").toString()).contains("its network has y, x and z");
        assertThat(post("/v1/ensembles", "{\"modelIds\": [\"" + first + "\"]}").json().at("/errors/0/pointer").asString())
                .isEqualTo("/modelIds");
        assertThat(post("/v1/ensembles", "{\"modelIds\": " + ids(List.of(first, "13f9547e-7295-4a9a-8c5e-022531cb4d83")) + "}").status())
                .isEqualTo(404);
        String id = ensemble(List.of(first, model(3, "[\"x\", \"y\"]"))).get("id").asString();
        Answer shapes = post("/v1/evaluations", "{\"ensembleId\": \"" + id
                + "\", \"equations\": [\"z\", \"D(z, L1.b)\", \"L1.b[3]\"], \"inputs\": [[1, 1]]}");
        assertThat(shapes.status()).isEqualTo(422);
        assertThat(shapes.json().at("/errors/0/pointer").asString()).isEqualTo("/equations/2");
        Answer shape = post("/v1/evaluations", "{\"ensembleId\": \"" + id + "\", \"equations\": [\"z\", \"D(z, L1.b)\"], \"inputs\": [[1, 1]]}");
        assertThat(shape.json().at("/errors/0/pointer").asString()).isEqualTo("/equations/1");
        assertThat(shape.json().at("/errors/0/detail").asString()).contains("same shape", first);
        Answer both = post("/v1/evaluations", "{\"ensembleId\": \"" + id + "\", \"modelId\": \"" + first
                + "\", \"parameters\": {}, \"equations\": [\"z\"], \"inputs\": [[1, 1]]}");
        assertThat(both.json().get("errors")).extracting(error -> error.get("pointer").asString())
                .containsExactlyInAnyOrder("", "/parameters");
    }

    @Test
    void anEnsembleHoldsItsModelsUntilItIsDeleted() {
        List<String> models = IntStream.range(0, 2).mapToObj(i -> model(2, "[\"x\", \"y\"]")).toList();
        JsonNode ensemble = ensemble(models);
        String path = "/v1/ensembles/" + ensemble.get("id").asString();
        String training = "/v1/trainings/" + get("/v1/models/" + models.getFirst()).json().get("trainingId").asString();
        Answer refused = delete("/v1/models/" + models.getFirst());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("ensembles refer to this model");
        assertThat(delete(training).status()).isEqualTo(409);
        assertThat(get(training).status()).isEqualTo(200);
        assertThat(get("/v1/ensembles?name=e").json().get("items").valueStream()).contains(ensemble);
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(post(path + "/predictions", "{\"inputs\": [[1, 1]]}").status()).isEqualTo(404);
        assertThat(delete(training).status()).isEqualTo(204);
    }

    @Test
    void theModelsOfASweepMakeAnEnsemble() {
        Answer sweep = post("/v1/sweeps", """
                {"training": {"network": {"inputs": ["x"], "outputs": ["z"], "layers": [{"units": 1}]}, "epochs": 2,
                  "dataset": {"inputs": [[0], [1]], "targets": [[0], [1]]}}, "seeds": 3}""");
        String path = "/v1/sweeps/" + sweep.json().get("id").asString();
        assertThat(get(path + "/events").response().body()).contains("event:finished");
        List<String> models = get(path + "/trials").json().get("items").valueStream().map(trial -> trial.get("modelId").asString()).toList();
        String ensemble = ensemble(models).get("id").asString();
        Answer refused = delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("ensembles refer to models of this sweep");
        assertThat(delete("/v1/ensembles/" + ensemble).status()).isEqualTo(204);
        assertThat(delete(path).status()).isEqualTo(204);
    }
}
