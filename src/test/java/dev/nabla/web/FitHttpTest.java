package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Coefficients and what of a network a training changes, over HTTP. */
class FitHttpTest extends HttpTest {

    private static final String DECAY = """
            {"inputs": ["t"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 2}, {"units": 1}]}},
             "coefficients": {"rate": {"initial": 0.5, "min": 0, "max": 3}, "k": {"initial": [1, 2], "trainable": false},
                              "m": {"initial": [[0, 0]]}},
             "outputs": {"u": "exp(-rate * t) + 0 * N(t) + m[1,1] + m[1,2] * t"}}}""";
    private static final String DATA = """
            {"inputNames": ["t"], "targetNames": ["u"], "inputs": [[0], [0.5], [1], [2]],
             "targets": [[1], [0.36787944117144233], [0.1353352832366127], [0.01831563888873418]]}""";

    private Answer train(String fields) {
        return train(DECAY, DATA, fields);
    }

    private Answer train(String network, String data, String fields) {
        return post("/v1/trainings", "{\"network\": " + network + ", \"dataset\": " + data + ", \"seed\": 7, " + fields + "}",
                "Prefer", "wait=60");
    }

    private JsonNode trained(String fields) {
        return succeeded(train(fields));
    }

    private static JsonNode succeeded(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    private JsonNode parameters(JsonNode training) {
        return get("/v1/models/" + training.get("modelId").asString() + "/parameters").json();
    }

    @Test
    void aRateIsFoundWhileEverythingElseIsFrozen() {
        JsonNode training = trained("""
                "epochs": 60, "optimizer": {"type": "lbfgs"}, "freeze": ["N.*", "m"]""");
        assertThat(parameters(training).get("rate").asDouble()).isCloseTo(2, within(1e-9));
        assertThat(parameters(training).get("m").toString()).isEqualTo("[[0.0,0.0]]");
        assertThat(training.get("freeze").toString()).isEqualTo("[\"N.*\",\"m\"]");
        assertThat(training.get("learningRateFactors").toString()).isEqualTo("{}");
    }

    @Test
    void whatInitialParametersLeaveOutIsDrawnAsEver() {
        JsonNode all = parameters(trained("\"epochs\": 1, \"freeze\": [\"N.*\", \"m\"]"));
        JsonNode some = parameters(trained("""
                "epochs": 1, "freeze": ["N.*", "m"], "initialParameters": {"N": {"L1": {"b": [5, 6]}}, "m": [[0.25, 0]]}"""));
        assertThat(some.at("/N/L1/b").toString()).isEqualTo("[5.0,6.0]");
        assertThat(some.at("/m/0/0").asDouble()).isEqualTo(0.25);
        assertThat(some.at("/N/L1/W")).isEqualTo(all.at("/N/L1/W"));
        assertThat(some.get("k").toString()).isEqualTo("[1.0,2.0]");
    }

    @Test
    void initialParametersBeyondTheBoundsAreRefused() {
        Answer answer = train("\"initialParameters\": {\"rate\": 3.5}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/initialParameters/rate\","
                + "\"detail\":\"must be at least 0.0 and at most 3.0, was 3.5\"}]");
        JsonNode wide = succeeded(train(DECAY.replace("\"max\": 3", "\"max\": 4"), DATA,
                "\"epochs\": 1, \"freeze\": [\"rate\"], \"initialParameters\": {\"rate\": 3.5}"));
        assertThat(parameters(wide).get("rate").asDouble()).isEqualTo(3.5);
        Answer fromModel = train("\"initialModelId\": \"" + wide.get("modelId").asString() + "\"");
        assertThat(fromModel.status()).isEqualTo(422);
        assertThat(fromModel.json().at("/errors/0/pointer").asString()).isEqualTo("/initialModelId");
        assertThat(fromModel.json().at("/errors/0/detail").asString()).endsWith("its rate must be at least 0.0 and at most 3.0, "
                + "was 3.5");
    }

    @Test
    void evaluationsMayLeaveOutWhatIsNotTrained() {
        String parameters = "\"rate\": 1, \"m\": [[0, 0]], \"N\": {\"L1\": {\"W\": [[1], [1]], \"b\": [0, 0]}, "
                + "\"L2\": {\"W\": [[1, 1]], \"b\": [0]}}";
        String rest = "\"network\": " + DECAY + ", \"equations\": [\"k[2] * t\"], \"inputs\": [[3]]";
        assertThat(post("/v1/evaluations", "{" + rest + ", \"parameters\": {" + parameters + "}}").json()
                .at("/results/0/values/0").asDouble()).isEqualTo(6);
        assertThat(post("/v1/evaluations", "{" + rest + ", \"parameters\": {\"k\": [0, 1], " + parameters + "}}").json()
                .at("/results/0/values/0").asDouble()).isEqualTo(3);
        Answer missing = post("/v1/evaluations", "{" + rest + ", \"parameters\": {" + parameters.replace("\"rate\": 1, ", "")
                + "}}");
        assertThat(missing.json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/parameters/rate\",\"detail\":\"is missing, must be a number\"}]");
    }

    @Test
    void coefficientsAreToldPerEpochInProgressAndInTheModel() {
        JsonNode training = trained("""
                "epochs": 3, "optimizer": {"learningRate": 0.01}, "freeze": ["m"]""");
        JsonNode metrics = get("/v1/trainings/" + training.get("id").asString() + "/metrics").json().get("coefficients");
        assertThat(metrics.propertyNames()).containsExactly("rate", "m");
        assertThat(metrics.get("rate")).hasSize(3);
        assertThat(metrics.get("m").toString()).isEqualTo("[[[0.0,0.0]],[[0.0,0.0]],[[0.0,0.0]]]");
        JsonNode last = metrics.at("/rate/2");
        assertThat(metrics.at("/rate/0").asDouble()).isBetween(0.509, 0.511);
        assertThat(training.at("/progress/coefficients/rate")).isEqualTo(last);
        JsonNode model = get("/v1/models/" + training.get("modelId").asString()).json();
        assertThat(model.at("/coefficients/rate/value")).isEqualTo(last);
        assertThat(model.at("/coefficients/m/value").toString()).isEqualTo("[[0.0,0.0]]");
        assertThat(parameters(training).get("rate")).isEqualTo(last);
        String events = get("/v1/trainings/" + training.get("id").asString() + "/events").response().body();
        assertThat(events).contains("\"coefficients\":{\"rate\":" + last + ",\"m\":[[0.0,0.0]]}");
    }

    @Test
    void moreThanAHundredNumbersAreNotTold() {
        String network = DECAY.replace("\"initial\": [1, 2], \"trainable\": false",
                "\"initial\": [" + "0, ".repeat(98) + "0]").replace("\"initial\": 0.5, \"min\"", "\"initial\": 0.5, \"min\"");
        JsonNode training = succeeded(train(network, DATA, "\"epochs\": 1"));
        assertThat(training.at("/progress/coefficients").propertyNames()).containsExactly("rate", "k");
    }
}
