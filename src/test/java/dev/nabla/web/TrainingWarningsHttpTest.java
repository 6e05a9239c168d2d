package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What trainings warn of in their data, over HTTP. */
class TrainingWarningsHttpTest extends TrainedHttpTest {

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
}
