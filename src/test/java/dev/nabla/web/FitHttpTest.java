package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Coefficients and what of a network a training changes, over HTTP. */
class FitHttpTest extends TrainedHttpTest {

    @Test
    void aRateIsFoundWhileEverythingElseIsFrozen() {
        JsonNode training = trained("""
                "epochs": 60, "optimizer": {"type": "lbfgs"}, "freeze": ["N.*", "m"]""");
        assertThat(parameters(training).get("rate").asDouble()).isCloseTo(2, within(1e-9));
        assertThat(parameters(training).get("m").toString()).isEqualTo("[[0.0,0.0]]");
        assertThat(training.get("freeze").toString()).isEqualTo("[\"N.*\",\"m\"]");
        assertThat(training.get("learningRateFactors").toString()).isEqualTo("{}");
    }

    /** A pressure in pascals and a fraction. */
    @Test
    void targetsThatHardlyCountAreToldWithALossOfWhichAllDo() {
        String network = """
                {"inputs": ["x"], "outputs": ["p", "f"], "layers": [{"units": 6}, {"units": 2, "activation": "identity"}],
                 "normalization": {"inputs": "standard", "outputs": "standard"}}""";
        String data = """
                {"grid": {"x": {"from": -1, "to": 1, "step": 0.05}}, "targets": {"p": "1e5 + 3e4 * sin(3 * x)", "f": "0.5 + 0.3 * cos(4 * x)"}}""";
        String settings = "\"epochs\": 80, \"optimizer\": {\"type\": \"gauss-newton\"}";
        JsonNode uneven = succeeded(train(network, data, settings)).get("warnings");
        assertThat(uneven).hasSize(1);
        assertThat(uneven.at("/0/pointer").asString()).isEqualTo("/loss");
        String detail = uneven.at("/0/detail").asString();
        assertThat(detail).contains("f (scale 0.2").doesNotContain("p (");
        String terms = detail.substring(detail.indexOf("{\"terms\""));
        JsonNode even = succeeded(train(network, data, settings + ", \"loss\": " + terms));
        assertThat(even.get("warnings")).isEmpty();
        assertThat(even.at("/progress/loss").asDouble()).as("what is left of both variances").isLessThan(0.01);
        assertThat(succeeded(train(network, data.replace("3e4", "3"), settings)).get("warnings")).isEmpty();
        JsonNode small = succeeded(train(network, data.replace("1e5 + 3e4 * sin(3 * x)", "5").replace("0.5 + 0.3", "1e-9"), settings)).get("warnings");
        assertThat(small.at("/0/detail").asString()).as("beside a constant").contains("f (scale ", "(outputs.p - targets.p) / 1.00\"");
    }

    @Test
    void aTrainingOfSinglePrecisionSaysSoAndDiffersFromDouble() {
        JsonNode ofDoubles = wide("double");
        JsonNode ofSingles = wide("single");
        assertThat(ofDoubles.get("precision").asString()).isEqualTo("double");
        assertThat(ofSingles.get("precision").asString()).isEqualTo("single");
        double loss = ofDoubles.at("/progress/loss").asDouble();
        assertThat(ofSingles.at("/progress/loss").asDouble()).isNotEqualTo(loss).isCloseTo(loss, withinPercentage(0.1));
    }

    private JsonNode wide(String precision) {
        return succeeded(train("{\"inputs\": [\"x\"], \"layers\": [{\"units\": 40}, {\"units\": 40}, {\"units\": 1}]}",
                "{\"grid\": {\"x\": {\"from\": -1, \"to\": 1, \"step\": 0.02}}, \"targets\": {\"y\": \"sin(3 * x)\"}}",
                "\"epochs\": 3, \"batchSize\": 64, \"precision\": \"" + precision + "\""));
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
