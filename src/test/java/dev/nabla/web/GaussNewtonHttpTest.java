package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How exact trainings by Gauss–Newton are, in the small: docs/physics-informed.md has the figures. */
class GaussNewtonHttpTest extends HttpTest {

    private JsonNode trained(String training) {
        Answer answer = post("/v1/trainings", training, "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    /** Of the only output over the square from 0 to 1, against the exact function. */
    private double relativeError(JsonNode training, DoubleBinaryOperator function) {
        String points = IntStream.rangeClosed(0, 440).mapToObj(i -> "[" + i % 21 / 20.0 + "," + i / 21 / 20.0 + "]")
                .collect(Collectors.joining(","));
        JsonNode outputs = post("/v1/models/" + training.get("modelId").asString() + "/predictions",
                "{\"inputs\": [" + points + "]}").json().get("outputs");
        double error = 0;
        double size = 0;
        for (int i = 0; i <= 440; i++) {
            double exact = function.applyAsDouble(i % 21 / 20.0, i / 21 / 20.0);
            error += Math.pow(outputs.get(i).get(0).asDouble() - exact, 2);
            size += exact * exact;
        }
        return Math.sqrt(error / size);
    }

    @Test
    void poissonsEquationIsSolvedToSixDigits() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x", "y"], "outputs": ["u"],
                  "layers": [{"units": 20}, {"units": 20}, {"units": 20}, {"units": 1, "activation": "identity"}]},
                 "epochs": 130, "seed": 1, "optimizer": {"type": "gauss-newton"},
                 "loss": {"terms": [
                  {"equation": "D(u, x, x) + D(u, y, y) + 2 * 3.141592653589793^2 * sin(3.141592653589793 * x) * sin(3.141592653589793 * y)",
                   "sample": {"points": 625, "method": "sobol", "ranges": {"x": [0, 1], "y": [0, 1]}}},
                  {"equation": "u", "sample": {"points": 50, "ranges": {"x": [0, 0], "y": [0, 1]}}, "weight": 100},
                  {"equation": "u", "sample": {"points": 50, "ranges": {"x": [1, 1], "y": [0, 1]}}, "weight": 100},
                  {"equation": "u", "sample": {"points": 50, "ranges": {"x": [0, 1], "y": [0, 0]}}, "weight": 100},
                  {"equation": "u", "sample": {"points": 50, "ranges": {"x": [0, 1], "y": [1, 1]}}, "weight": 100}]}}""");
        assertThat(relativeError(training, (x, y) -> Math.sin(Math.PI * x) * Math.sin(Math.PI * y))).isLessThan(1e-6);
    }

    /** On the square from −1 to 1, of which a quarter is looked at. */
    @Test
    void helmholtzEquationIsSolvedToThreeDigits() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x", "y"], "architecture": {"type": "equations",
                  "parts": {"N": {"inputs": 2, "layers": [{"units": 20}, {"units": 20}, {"units": 1, "activation": "identity"}]}},
                  "outputs": {"u": "(1 - x^2) * (1 - y^2) * N(x, y)"}}},
                 "epochs": 120, "seed": 1, "optimizer": {"type": "gauss-newton"},
                 "loss": {"terms": [
                  {"equation": "D(u, x, x) + D(u, y, y) + u - (1 - 17 * pi^2) * sin(pi * x) * sin(4 * pi * y)",
                   "sample": {"points": 800, "method": "sobol", "ranges": {"x": [-1, 1], "y": [-1, 1]}}}]}}""");
        assertThat(relativeError(training, (x, y) -> Math.sin(Math.PI * x) * Math.sin(4 * Math.PI * y))).isLessThan(1e-3);
    }

    /** The seed's data by a wide network, whose residuals are fewer than its parameters. */
    @Test
    void aGaussianIsFittedToFiveDigits() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x", "y"], "outputs": ["z"],
                  "layers": [{"units": 16}, {"units": 24}, {"units": 1, "activation": "identity"}]},
                 "dataset": {"grid": {"x": {"from": -1, "to": 1, "step": 0.1}, "y": {"from": -1, "to": 1, "step": 0.1}},
                             "targets": {"z": "exp(-(x^2 + y^2))"}},
                 "loss": "relative-l2", "optimizer": {"type": "gauss-newton"}, "epochs": 100, "seed": 2}""");
        assertThat(training.at("/progress/loss").asDouble()).as(training.toString()).isLessThan(1e-5);
    }

    @Test
    void whatIsFittedExactlyEnds() {
        JsonNode training = trained("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"type": "affine", "units": 1}]},
                 "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[0], [1], [2], [3]], "targets": [[1], [3], [5], [7]]},
                 "loss": "mse", "optimizer": {"type": "gauss-newton"}, "epochs": 500, "seed": 1}""");
        assertThat(training.get("stoppedAtEpoch").asInt()).isLessThan(60);
    }

    private JsonNode metrics(String optimizer) {
        JsonNode training = trained("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 2}, {"type": "affine", "units": 1}]},
                 "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[0], [1], [2], [3]], "targets": [[1], [3], [4], [7]]},
                 "loss": "mse", "optimizer": {"type": "%s"}, "epochs": 12, "seed": 3}""".formatted(optimizer));
        return get("/v1/trainings/" + training.get("id").asString() + "/metrics").json();
    }

    /** The first norm is that of the same gradient for both, which find it in ways that share nothing. */
    @Test
    void everyIterationTellsTheGradientThatItBeganWithAndItsDamping() {
        JsonNode metrics = metrics("gauss-newton");
        assertThat(metrics.get("gradientNorm").size()).isEqualTo(metrics.get("damping").size()).isEqualTo(metrics.get("loss").size());
        assertThat(metrics.get("damping").get(0).asDouble()).isPositive();
        assertThat(metrics.get("damping").get(11).asDouble()).isPositive().isLessThan(metrics.get("damping").get(0).asDouble());
        assertThat(metrics.get("gradientNorm").get(11).asDouble()).isLessThan(metrics.get("gradientNorm").get(0).asDouble() / 10);
        JsonNode ofGradients = metrics("lbfgs");
        assertThat(ofGradients.get("damping").isNull()).isTrue();
        assertThat(ofGradients.get("gradientNorm").get(0).asDouble())
                .isCloseTo(metrics.get("gradientNorm").get(0).asDouble(), withinPercentage(1e-6));
        assertThat(metrics("adam").get("gradientNorm").isNull()).isTrue();
    }
}
