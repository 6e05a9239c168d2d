package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Losses of terms and of classes over HTTP, with the samples in the request and metrics in the answer. */
class TermsHttpTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x"], "outputs": ["u"], "layers": [{"units": 8}, {"units": 1, "activation": "identity"}]}""";

    private JsonNode trained(String request) {
        Answer answer = post("/v1/trainings", request, "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    private JsonNode errors(String request) {
        Answer answer = post("/v1/trainings", request);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        return answer.json().get("errors");
    }

    private static void assertError(JsonNode errors, String pointer, String detail) {
        assertThat(errors).as(errors.toString()).anySatisfy(error -> {
            assertThat(error.get("pointer").asString()).isEqualTo(pointer);
            assertThat(error.get("detail").asString()).contains(detail);
        });
    }

    /** u' = u with u(0) = 1, from nothing but the request; what it stored stands in the answer and stays while it does. */
    @Test
    void aTrainingNeedsNoDatasetWhereItsTermsHaveTheirs() {
        JsonNode training = trained("""
                {"network": %s, "seed": 1, "epochs": 200, "optimizer": {"type": "lbfgs"}, "loss": {"terms": [
                  {"equation": "D(u, x) - u", "dataset": {"name": "inside", "grid": {"x": {"from": 0, "to": 1, "step": 0.05}}}},
                  {"equation": "u - v", "weight": 10, "dataset": {"inputs": [[0]], "inputNames": ["x"], "targets": [[1]],
                   "targetNames": ["v"]}}]}}""".formatted(NETWORK));
        assertThat(training.get("datasetId").isNull()).isTrue();
        assertThat(training.get("batchSize").asInt()).isEqualTo(21);
        String inside = training.at("/loss/terms/0/dataset").asString();
        JsonNode dataset = get("/v1/datasets/" + inside).json();
        assertThat(dataset.get("samples").asInt()).isEqualTo(21);
        assertThat(dataset.get("name").asString()).isEqualTo("inside");
        assertThat(get("/v1/trainings?datasetId=" + inside).json().at("/items/0/id")).isEqualTo(training.get("id"));
        assertThat(get("/v1/trainings").json().get("items")).anySatisfy(item -> assertThat(item).isEqualTo(training));
        JsonNode outputs = post("/v1/models/" + training.get("modelId").asString() + "/predictions", "{\"inputs\": [[0], [1]]}")
                .json().get("outputs");
        assertThat(outputs.at("/0/0").asDouble()).isBetween(0.999, 1.001);
        assertThat(outputs.at("/1/0").asDouble()).isBetween(Math.E - 0.01, Math.E + 0.01);
        assertThat(delete("/v1/datasets/" + inside).status()).isEqualTo(409);
        JsonNode again = trained("{\"networkId\": %s, \"epochs\": 2, \"loss\": %s}".formatted(training.get("networkId"),
                training.get("loss")));
        assertThat(again.get("loss")).isEqualTo(training.get("loss"));
        assertThat(delete("/v1/trainings/" + again.get("id").asString()).status()).isEqualTo(204);
        assertThat(delete("/v1/trainings/" + training.get("id").asString()).status()).isEqualTo(204);
        assertThat(delete("/v1/datasets/" + inside).status()).isEqualTo(204);
    }

    @Test
    void whatIsWrongWithDatasetsOfTermsIsNamedAndNothingIsStored() {
        String before = get("/v1/datasets").json().at("/items/0/id").asString();
        JsonNode errors = errors("""
                {"network": %s, "loss": {"terms": [
                  {"equation": "u", "dataset": {"inputs": [[0, 1]]}},
                  {"equation": "u", "dataset": {"grid": {"x": {"from": 0, "to": 1, "step": -1}}}},
                  {"equation": "u", "dataset": {"inputs": [[0]]}}]}}""".formatted(NETWORK));
        assertError(errors, "/loss/terms/0/dataset", "[x]");
        assertError(errors, "/loss/terms/1/dataset/grid/x/step", "must be above 0");
        assertThat(errors).hasSize(2);
        assertError(errors("{\"network\": %s, \"loss\": {\"terms\": [{\"equation\": \"u\", \"dataset\": {\"inputs\": [[true]]}}]}}"
                .formatted(NETWORK)), "/loss/terms/0/dataset/inputs/0/0", "must be a number");
        assertError(errors("{\"network\": %s, \"loss\": {\"terms\": [{\"equation\": \"u\"}]}}".formatted(NETWORK)), "",
                "must have exactly one of dataset and datasetId");
        assertError(errors("{\"network\": %s}".formatted(NETWORK)), "", "must have exactly one of dataset and datasetId");
        assertError(errors("""
                {"network": %s, "validationFraction": 0.5, "loss": {"terms": [
                  {"equation": "u", "dataset": {"inputs": [[0], [1]]}}]}}""".formatted(NETWORK)), "/validationFraction",
                "no term of the loss uses");
        assertThat(get("/v1/datasets").json().at("/items/0/id").asString()).isEqualTo(before);
    }

    @Test
    void aLossInExpressionsHasTheColumnsOfItsDatasets() {
        Answer answer = post("/v1/expressions", """
                {"network": {"inputs": ["x"], "outputs": ["u"], "layers": [{"units": 1, "activation": "identity"}]},
                 "loss": {"terms": [{"equation": "u - v", "loss": "absolute", "sampleWeight": "x^2", "dataset": {"inputs": [[0]],
                   "inputNames": ["x"], "targets": [[1]], "targetNames": ["v"]}}]}, "equations": ["loss"], "format": "text"}""");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().at("/results/0/entries/0").asString()).contains("abs(", "x^2");
    }

    /** Three clusters that overlap: no rule is right for more than about nine of ten of the points. */
    @Test
    void classesAreToldApart() {
        var inputs = new StringBuilder();
        var targets = new StringBuilder();
        var random = new java.util.Random(7);
        for (int i = 0; i < 300; i++) {
            int c = i % 3;
            inputs.append(i == 0 ? "" : ", ").append("[%s, %s]".formatted(Math.cos(c * 2.1) + 0.4 * random.nextGaussian(),
                    Math.sin(c * 2.1) + 0.4 * random.nextGaussian()));
            targets.append(i == 0 ? "" : ", ").append(c == 0 ? "[1, 0, 0]" : c == 1 ? "[0, 1, 0]" : "[0, 0, 1]");
        }
        String request = """
                {"network": {"inputs": ["x", "y"], "outputs": ["a", "b", "c"], "layers": [{"units": 8},
                   {"units": 3, "activation": "identity"}]},
                 "dataset": {"inputs": [%s], "targets": [%s]}, "loss": "cross-entropy", "metrics": ["accuracy", "r2", "mae"],
                 "epochs": 60, "batchSize": 30, "seed": 1, "optimizer": {"learningRate": 0.01}, "validationFraction": 0.2}"""
                .formatted(inputs, targets);
        JsonNode training = trained(request);
        assertThat(training.get("metrics").toString()).isEqualTo("[\"accuracy\",\"r2\",\"mae\"]");
        JsonNode metrics = get("/v1/trainings/" + training.get("id").asString() + "/metrics").json();
        assertThat(metrics.get("accuracy")).hasSize(60);
        assertThat(metrics.at("/accuracy/59").asDouble()).isBetween(0.85, 1.0);
        assertThat(metrics.at("/r2/59").asDouble()).isBetween(0.6, 1.0);
        assertThat(metrics.at("/mae/59").asDouble()).isBetween(0.0, 0.25);
        JsonNode plain = trained("{\"network\": %s, \"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}, \"epochs\": 1}"
                .formatted(NETWORK));
        JsonNode without = get("/v1/trainings/" + plain.get("id").asString() + "/metrics").json();
        assertThat(without.get("accuracy").isNull()).isTrue();
        assertThat(plain.get("metrics")).isEmpty();
    }

    @Test
    void lossesAndMetricsThatDoNotFitAreRefused() {
        String one = "\"dataset\": {\"inputs\": [[0], [1]], \"targets\": [[0], [3]]}";
        assertError(errors("{\"network\": %s, %s, \"loss\": \"cross-entropy\"}".formatted(NETWORK, one)), "/loss",
                "cross-entropy needs an output for each of two or more classes");
        assertError(errors("{\"network\": %s, %s, \"loss\": \"binary-cross-entropy\"}".formatted(NETWORK, one)), "/loss",
                "binary-cross-entropy needs targets between 0 and 1, the probabilities of classes; row 1 has 3.0");
        assertError(errors("{\"network\": %s, %s, \"metrics\": [\"f1\"]}".formatted(NETWORK, one)), "/metrics/0",
                "must be one of r2, mae, accuracy, was 'f1'");
        assertError(errors("{\"network\": %s, %s, \"metrics\": [\"mae\", \"mae\"]}".formatted(NETWORK, one)), "/metrics/1", "twice");
        assertError(errors("{\"network\": %s, %s, \"metrics\": [\"mae\"], \"loss\": {\"terms\": [{\"equation\": \"u\"}]}}"
                .formatted(NETWORK, one)), "/metrics", "are of a loss that compares outputs with targets");
        assertError(errors("""
                {"network": %s, "dataset": {"inputs": [[0], [1]], "targets": [[2], [2]]}, "metrics": ["r2"]}"""
                .formatted(NETWORK)), "/metrics/0", "is undefined");
        assertError(errors("{\"network\": %s, %s, \"loss\": {\"terms\": [{\"equation\": \"u\", \"sampleWeight\": \"x - 0.5\"}]}}"
                .formatted(NETWORK, one)), "/loss/terms/0/sampleWeight", "is -0.5 for the sample x = 0.0");
        assertError(errors("{\"network\": %s, %s, \"loss\": {\"terms\": [{\"equation\": \"u\", \"loss\": {\"huber\": 0}}]}}"
                .formatted(NETWORK, one)), "/loss/terms/0/loss/huber", "must be above 0");
        assertError(errors("{\"network\": %s, %s, \"loss\": {\"terms\": [{\"equation\": \"u\", \"loss\": \"cubic\"}]}}"
                .formatted(NETWORK, one)), "/loss/terms/0/loss", "must be one of square, absolute, none, or an object");
    }

    @Test
    void weightsOfTermsAreBalancedOrLearned() {
        String request = """
                {"network": %s, "seed": 1, "epochs": 12, "loss": {"weights": "%s", "terms": [
                  {"equation": "D(u, x) - u", "dataset": {"grid": {"x": {"from": 0, "to": 1, "step": 0.1}}}},
                  {"equation": "u - 1", "dataset": {"inputs": [[0]]}}]}}""";
        for (String weights : new String[] {"fixed", "gradient-norm", "learned"}) {
            JsonNode training = trained(request.formatted(NETWORK, weights));
            assertThat(training.at("/loss/weights").asString()).isEqualTo(weights);
            JsonNode metrics = get("/v1/trainings/" + training.get("id").asString() + "/metrics").json();
            for (int term = 0; term < 2; term++) {
                JsonNode multipliers = metrics.at("/terms/" + term + "/multipliers");
                if (weights.equals("fixed")) {
                    assertThat(multipliers.isNull()).isTrue();
                } else {
                    assertThat(multipliers).hasSize(12);
                    assertThat(multipliers.get(11).asDouble()).isPositive();
                    assertThat(multipliers.get(11).asDouble() == 1).isEqualTo(term == 0 && weights.equals("gradient-norm"));
                }
            }
        }
        assertError(errors(("{\"optimizer\": {\"type\": \"lbfgs\"}, " + request.substring(request.indexOf('{') + 1))
                .formatted(NETWORK, "learned")), "/loss/weights", "must be fixed with this optimizer");
        assertError(errors(request.formatted(NETWORK, "learned").replace("\"u - 1\"", "\"u - 1\", \"loss\": \"none\"")),
                "/loss/weights", "must not be learned where a term may be negative, as term 1");
        assertError(errors(request.formatted(NETWORK, "soft")), "/loss/weights", "must be one of fixed, gradient-norm, learned");
    }

    private static String sampled(String sample) {
        return "{\"network\": %s, \"seed\": 1, \"epochs\": 3, \"loss\": {\"terms\": [{\"equation\": \"u\", \"sample\": %s}]}}"
                .formatted(NETWORK, sample);
    }

    /** The deep Ritz method: of all u with u(0) = u(1) = 0, x (1 - x) / 2 has the least mean of u'^2 / 2 - u. */
    @Test
    void anEnergyIsMadeSmallOnDrawnPoints() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x"], "architecture": {"type": "equations", "outputs": {"u": "x * (1 - x) * N(x)"},
                   "parts": {"N": {"inputs": 1, "layers": [{"units": 6}, {"units": 1, "activation": "identity"}]}}}},
                 "seed": 1, "epochs": 200, "optimizer": {"type": "lbfgs"}, "loss": {"terms": [{"equation": "D(u, x)^2 / 2 - u",
                   "loss": "none", "sample": {"points": 1024, "method": "sobol", "ranges": {"x": [0, 1]}, "resampleEvery": 100}}]}}""");
        JsonNode outputs = post("/v1/models/" + training.get("modelId").asString() + "/predictions",
                "{\"inputs\": [[0.25], [0.5], [1]]}").json().get("outputs");
        assertThat(outputs.at("/0/0").asDouble()).isBetween(0.09375 - 1e-3, 0.09375 + 1e-3);
        assertThat(outputs.at("/1/0").asDouble()).isBetween(0.125 - 1e-3, 0.125 + 1e-3);
        assertThat(outputs.at("/2/0").asDouble()).isZero();
        JsonNode losses = get("/v1/trainings/" + training.get("id").asString() + "/metrics").json().get("loss");
        assertThat(losses.get(losses.size() - 1).asDouble()).isBetween(-1 / 24.0 - 1e-3, -1 / 24.0 + 1e-3);
    }

    /** On a disc that is cut out of a square, with points drawn anew where the residual is large. */
    @Test
    void pointsAreDrawnInARegionAndWhereTheResidualIsLarge() {
        String request = """
                {"network": {"inputs": ["x", "y"], "outputs": ["u"], "layers": [{"units": 8},
                   {"units": 1, "activation": "identity"}]}, "seed": 3, "epochs": 30, "batchSize": 50,
                 "loss": {"terms": [{"equation": "D(u, x, x) + D(u, y, y) + 4", "sample": {"points": 150, "method": "%s",
                   "ranges": {"y": [-1.0, 1.0], "x": [-1.0, 1.0]}, "where": "1 - x^2 - y^2", "resampleEvery": 10,
                   "adaptive": "residual"}}]}}""";
        for (String method : new String[] {"uniform", "sobol", "latin-hypercube"}) {
            JsonNode one = trained(request.formatted(method));
            JsonNode other = trained(request.formatted(method));
            assertThat(one.at("/loss/terms/0/sample")).isEqualTo(JSON.readTree(request.formatted(method)).at("/loss/terms/0/sample"));
            assertThat(one.get("datasetId").isNull()).isTrue();
            assertThat(get("/v1/models/" + one.get("modelId").asString() + "/parameters").json())
                    .isEqualTo(get("/v1/models/" + other.get("modelId").asString() + "/parameters").json());
        }
    }

    @Test
    void samplesThatCannotBeDrawnAreRefused() {
        assertError(errors(sampled("{\"points\": 1000000000, \"ranges\": {\"x\": [0, 1]}}")), "/loss/terms/0/sample/points",
                "must be at most 20000000, so that 1 coordinates of each are at most 20000000 numbers, was 1000000000");
        assertError(errors(sampled("{\"points\": 0, \"ranges\": {\"x\": [0, 1]}}")), "/loss/terms/0/sample/points", "at least 1");
        assertError(errors(sampled("{\"points\": 5}")), "/loss/terms/0/sample/ranges", "is missing");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {}}")), "/loss/terms/0/sample/ranges", "at least 1");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [1, 0]}}")), "/loss/terms/0/sample/ranges/x",
                "must be a low and a high end");
        assertThat(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [1, 0]}}"))).hasSize(1);
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [1]}}")), "/loss/terms/0/sample/ranges/x",
                "must have between 2 and 2 items, had 1");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1], \"t\": [0, 1]}}")), "/loss/terms/0/sample/ranges",
                "the network has the inputs [x], the data has [x, t]");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}, \"where\": \"x - 2\"}")),
                "/loss/terms/0/sample/where", "no point of 10000 lies in it");
        JsonNode wrong = errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}, \"where\": \"x - y\"}"));
        assertError(wrong, "/loss/terms/0/sample/where", "y");
        assertThat(wrong.at("/0/position").asInt()).isEqualTo(4);
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}, \"where\": \"[x, x]\"}")),
                "/loss/terms/0/sample/where", "must be a scalar");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}, \"adaptive\": \"residual\"}")),
                "/loss/terms/0/sample/adaptive", "resampleEvery is needed");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}, \"method\": \"halton\"}")),
                "/loss/terms/0/sample/method", "must be one of uniform, sobol, latin-hypercube");
        assertError(errors(sampled("{\"points\": 5, \"ranges\": {\"x\": [0, 1]}}, \"dataset\": {\"inputs\": [[0]]}")),
                "/loss/terms/0", "must have at most one of dataset and sample");
        assertError(errors(sampled("{\"points\": 10000000, \"ranges\": {\"x\": [0, 1]}}").replace("\"epochs\": 3", "\"epochs\": 1000000")),
                "/epochs", "visits");
    }
}
