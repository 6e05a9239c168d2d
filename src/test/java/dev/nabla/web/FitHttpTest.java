package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.jspecify.annotations.Nullable;
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

    /** Rows in natural units: x from 1 million up in steps of 1000, y = 3e9 + 2e4 x. */
    private static String wideData(int rows) {
        return "{\"inputNames\": [\"x\", \"c\"], \"targetNames\": [\"y\"], \"inputs\": [" + IntStream.range(0, rows)
                .mapToObj(i -> "[" + (1_000_000 + 1000 * i) + ", 7]").collect(Collectors.joining(", "))
                + "], \"targets\": [" + IntStream.range(0, rows).mapToObj(i -> "[" + (3e9 + 2e4 * 1000 * i) + "]")
                        .collect(Collectors.joining(", ")) + "]}";
    }

    private static String network(String normalization) {
        return "{\"inputs\": [\"x\", \"c\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 5}, {\"units\": 1, "
                + "\"activation\": \"identity\"}]" + normalization + "}";
    }

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
    void dataOfAScaleThatCannotBeLearntIsWarnedOf() {
        JsonNode training = succeeded(train(network(""), wideData(20), "\"epochs\": 1"));
        assertThat(training.at("/warnings/0/detail").asString()).startsWith("the inputs c (7.0) are the same in all samples");
        assertThat(training.get("warnings").toString()).endsWith("},{\"pointer\":\"/dataset\",\"detail\":\"the inputs x (mean "
                + "1.01e+06, standard deviation 5.77e+03) have a scale on which a network learns badly or not at all, being far "
                + "from 1: give the network \\\"normalization\\\": {\\\"inputs\\\": \\\"standard\\\"}, or scale the data\"},"
                + "{\"pointer\":\"/dataset\",\"detail\":\"the targets y (mean 3.19e+09, standard deviation 1.15e+08) have a scale on "
                + "which a network learns badly or not at all, being far from 1: give the network \\\"normalization\\\": "
                + "{\\\"outputs\\\": \\\"standard\\\"}, or scale the data\"}]");
        assertThat(get("/v1/trainings/" + training.get("id").asString()).json().get("warnings")).isEqualTo(training.get("warnings"));
        assertThat(succeeded(train(network(", \"normalization\": {\"inputs\": {\"x\": {\"mean\": 1e6, \"scale\": 1e4}}, "
                + "\"outputs\": \"standard\"}"), wideData(20), "\"epochs\": 1")).get("warnings")).hasSize(1);
    }

    @Test
    void ordinaryDataIsNotWarnedOf() {
        String network = "{\"inputs\": 2, \"layers\": [{\"units\": 1, \"activation\": \"identity\"}]}";
        for (String rows : List.of("[[0, 0], [1, 5]], \"targets\": [[0], [1]]", "[[-90, 5], [80, 1]], \"targets\": [[9], [-9]]",
                "[[1e-6, 3], [1, 1]], \"targets\": [[0], [0]]")) {
            assertThat(succeeded(train(network, "{\"inputs\": " + rows + "}", "\"epochs\": 1")).get("warnings")).as(rows).isEmpty();
        }
        assertThat(succeeded(train(network, "{\"inputs\": [[1e-6, 3], [1e-3, 1]], \"targets\": [[0], [1]]}", "\"epochs\": 1"))
                .at("/warnings/0/detail").asString()).startsWith("the inputs x1 (mean 0.000501, standard deviation 0.000499) have");
    }

    @Test
    void inputsThatAreOneNumberThroughoutAreWarnedOf() {
        String network = "{\"inputs\": [\"g\", \"x\"], \"layers\": [{\"units\": 1}], \"normalization\": {\"inputs\": \"standard\"}}";
        JsonNode training = succeeded(train(network, "{\"inputs\": [[9.81, 0], [9.81, 1]], \"targets\": [[0], [1]]}", "\"epochs\": 1"));
        assertThat(training.get("warnings").toString()).isEqualTo("[{\"pointer\":\"/dataset\",\"detail\":\"the inputs g (9.81) are the "
                + "same in all samples, so that nothing tells how the outputs depend on them: leave them out, or give "
                + "data in which they vary\"}]");
        assertThat(succeeded(train(network, "{\"inputs\": [[9.81, 0]], \"targets\": [[0]]}", "\"epochs\": 1")).get("warnings"))
                .as("a single sample").isEmpty();
    }

    /** As it is measured: 50 sin x is not learnt by a plain network, nor is anything of x from 9 to 11. */
    @Test
    void scalesAreWarnedOfWhereLearningWasSeenToStop() {
        assertThat(warnings("{\"x\": {\"from\": -3, \"to\": 3, \"step\": 0.25}}", "50 * sin(x)")).startsWith("the targets y (mean");
        assertThat(warnings("{\"x\": {\"from\": -3, \"to\": 3, \"step\": 0.25}}", "10 * sin(x)")).isEmpty();
        assertThat(warnings("{\"x\": {\"from\": 9, \"to\": 11, \"step\": 0.25}}", "sin(3 * x)")).startsWith("the inputs x (mean 10");
        assertThat(warnings("{\"x\": {\"from\": -0.05, \"to\": 0.05, \"step\": 0.01}}", "sin(60 * x)")).startsWith("the inputs x");
    }

    /** Domains of Burgers' and Poisson's equation, exclusive or, a bell, times and angles. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "x": {"from": -1, "to": 1, "step": 0.25}, "t": {"from": 0, "to": 1, "step": 0.25}          | -sin(pi * x) * exp(-t)
            "x": {"from": 0, "to": 1, "step": 1}, "y": {"from": 0, "to": 1, "step": 1}           | x != y
            "x": {"from": -2, "to": 2, "step": 0.5}, "y": {"from": -2, "to": 2, "step": 0.5}         | exp(-x^2 - y^2)
            "t": {"from": 0, "to": 25, "step": 0.5}                                                | 8 * cos(t)
            "x": {"from": 0, "to": 6.25, "step": 0.25}                                 | sin(x)
            "x": {"from": 0.5, "to": 2, "step": 0.25}                                               | 1 / x
            """)
    void wellScaledPublicCasesAreNotWarnedOf(String axes, String target) {
        assertThat(warnings("{" + axes + "}", target)).isEmpty();
    }

    private String warnings(String grid, String target) {
        String inputs = grid.contains("\"y\"") ? "[\"x\", \"y\"]" : grid.contains("\"t\"") && grid.contains("\"x\"")
                ? "[\"x\", \"t\"]" : grid.contains("\"t\"") ? "[\"t\"]" : "[\"x\"]";
        JsonNode training = succeeded(train("{\"inputs\": " + inputs + ", \"layers\": [{\"units\": 3}, {\"units\": 1, "
                + "\"activation\": \"identity\"}]}", "{\"grid\": " + grid + ", \"targets\": {\"y1\": \"" + target + "\"}}",
                "\"epochs\": 1"));
        return training.at("/warnings/0/detail").asString("").replace("targets y1", "targets y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "layers": [{"units": 1}]                              | [[3], [-2]] | mse | y1 (from -2.00 to 3.00, out of [-1.00, 1.00])
            "layers": [{"units": 1}]                              | [[1], [-1]] | mse |
            "layers": [{"units": 1, "activation": "identity"}]    | [[3], [-2]] | mse |
            "layers": [{"units": 1, "activation": "3 * x / (1 + abs(x))"}] | [[3], [-4]] | mse | y1 (from -4.00 to 3.00, out of [-3.00, 3.00])
            "layers": [{"units": 1, "activation": "relu"}]        | [[3], [-2]] | mae | y1 (from -2.00 to 3.00, out of [0.00, Infinity))
            "layers": [{"units": 2, "activation": "softmax"}]     | [[3, 1], [0, 0]] | mse | y1 (from 0.00 to 3.00, out of [0.00, 1.00])
            "layers": [{"units": 1}], "normalization": {"outputs": "min-max"} | [[3], [-4]] | mse |
            "layers": [{"units": 1}], "normalization": {"outputs": "standard"} | [[3], [-4], [0]] | mse | y1 (from -4.00 to 3.00, out of [-3.20
            "layers": [{"units": 1}], "normalization": {"outputs": {"y1": {"scale": 3}}} | [[3], [-4]] | mse | y1 (from -4.00 to 3.00, out of [-3.00, 3.00])
            "layers": [{"units": 1}]                              | [[0], [1]] | binary-cross-entropy | y1 (from 0.00 to 1.00, out of [0.269, 0.731])
            "layers": [{"units": 1, "activation": "2 * sigmoid(x)"}] | [[0], [1]] | binary-cross-entropy | y1 (from 0.00 to 1.00, out of [0.500, 0.881])
            "layers": [{"units": 1, "activation": "sigmoid"}]     | [[0], [1]] | binary-cross-entropy |
            "layers": [{"units": 2}]                              | [[0, 1], [1, 0]] | cross-entropy | y1 (from 0.00 to 1.00, out of [0.119, 0.881])
            "layers": [{"units": 2, "activation": "softmax"}]     | [[0, 1], [1, 0]] | cross-entropy |
            "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1, "min": 0, "max": 2}}, "outputs": {"y1": "a * sin(x1)"}} | [[3], [-1]] | mse | y1 (from -1.00 to 3.00, out of [-2.00, 2.00])
            """)
    void targetsThatNoParametersReachAreWarnedOf(String network, String targets, String loss, @Nullable String warning) {
        int rows = targets.split("\\], ").length;
        JsonNode training = succeeded(train("{\"inputs\": 1, " + network + "}", "{\"inputs\": " + IntStream.range(0, rows)
                .mapToObj(i -> "[" + i + "]").toList() + ", \"targets\": " + targets + "}", "\"epochs\": 1, \"loss\": \"" + loss
                + "\""));
        assertThat(training.at("/warnings/0/detail").asString("")).startsWith(warning == null ? "" : "the targets " + warning);
        assertThat(training.get("warnings").size()).isEqualTo(warning == null ? 0 : 1);
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

    private JsonNode goOn(String fields) {
        return succeeded(post("/v1/trainings", "{" + fields + "}", "Prefer", "wait=60"));
    }

    @Test
    void aTrainingGoesOnAsIfItHadHadAllEpochs() {
        for (String fields : List.of("\"optimizer\": {\"schedule\": {\"type\": \"warm-up\", \"epochs\": 3}}, \"batchSize\": 3",
                "\"validationFraction\": 0.25, \"loss\": {\"terms\": [{\"equation\": \"outputs.u - targets.u\"}, {\"equation\": "
                        + "\"D(outputs.u, t)\", \"weight\": 0.1, \"sample\": {\"points\": 7, \"ranges\": {\"t\": [0, 1]}, "
                        + "\"resampleEvery\": 2}}], \"weights\": \"learned\"}",
                "\"optimizer\": {\"type\": \"lbfgs\"}")) {
            JsonNode whole = trained("\"epochs\": 9, " + fields);
            JsonNode first = trained("\"epochs\": 4, " + fields);
            JsonNode second = goOn("\"continue\": \"" + first.get("id").asString() + "\", \"epochs\": 7, \"name\": \"on\"");
            delete("/v1/trainings/" + first.get("id").asString());
            JsonNode third = goOn("\"continue\": \"" + second.get("id").asString() + "\", \"epochs\": 9");
            assertThat(parameters(third)).as(fields).isEqualTo(parameters(whole));
            assertThat(get("/v1/trainings/" + third.get("id").asString() + "/metrics").json())
                    .isEqualTo(get("/v1/trainings/" + whole.get("id").asString() + "/metrics").json());
            for (String field : List.of("loss", "epochs", "batchSize", "seed", "optimizer", "freeze", "engine")) {
                assertThat(third.get(field)).as(field).isEqualTo(whole.get(field));
            }
            assertThat(third.get("networkId")).isEqualTo(first.get("networkId"));
            assertThat(second.get("continue")).isEqualTo(first.get("id"));
            assertThat(second.get("name").asString()).isEqualTo("on");
            assertThat(second.at("/progress/epoch").asInt()).isEqualTo(7);
            assertThat(third.at("/progress/loss")).isEqualTo(whole.at("/progress/loss"));
            assertThat(get("/v1/models/" + third.get("modelId").asString()).json().get("loss"))
                    .isEqualTo(get("/v1/models/" + whole.get("modelId").asString()).json().get("loss"));
        }
    }

    @Test
    void whatWouldNotBeExactIsRefused() {
        assertThat(post("/v1/trainings", "{\"continue\": \"00000000-0000-4000-8000-000000000000\", \"epochs\": 9}").status())
                .isEqualTo(404);
        String id = trained("\"epochs\": 4").get("id").asString();
        String stopped = trained("\"epochs\": 50, \"optimizer\": {\"learningRate\": 1e-300}, \"earlyStopping\": {\"patience\": 2}")
                .get("id").asString();
        for (String[] wrong : new String[][] {
            {"\"continue\": \"" + id + "\"", "/epochs is missing, must be how many there are in all"},
            {"\"continue\": \"" + id + "\", \"epochs\": 4", "/epochs must be above 4, the epochs that are made already, was 4"},
            {"\"continue\": \"" + id + "\", \"epochs\": 9, \"shuffle\": true, \"loss\": \"mse\"",
                "/loss must be left out: it is that of the training that goes on~"
                        + "/shuffle must be left out: it is that of the training that goes on"},
            {"\"continue\": \"" + stopped + "\", \"epochs\": 90", "/continue has nothing to go on with: it stopped after epoch 3, "
                    + "no improvement for 2 epochs"},
            {"\"continue\": \"" + id + "\", \"epochs\": 10000001", "/epochs must be between 1 and 10000000, was 10000001"}}) {
            Answer answer = post("/v1/trainings", "{" + wrong[0] + "}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("errors").valueStream().map(error -> error.get("pointer").asString() + " "
                    + error.get("detail").asString())).containsExactlyInAnyOrder(wrong[1].split("~"));
        }
    }
}
