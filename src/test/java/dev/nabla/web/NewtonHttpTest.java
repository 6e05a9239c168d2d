package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NewtonHttpTest extends HttpTest {

    private JsonNode metrics(String optimizer) {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 2}, {"type": "affine", "units": 1}]},
                 "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[0], [1], [2], [3]], "targets": [[1], [3], [4], [7]]},
                 "loss": "huber", "optimizer": {"type": "%s"}, "epochs": 12, "seed": 3}""".formatted(optimizer), "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return get("/v1/trainings/" + answer.json().get("id").asString() + "/metrics").json();
    }

    @Test
    void everyIterationTellsTheGradientThatItBeganWithAndItsTrustRadius() {
        JsonNode metrics = metrics("newton");
        assertThat(metrics.get("gradientNorm").size()).isEqualTo(metrics.get("trustRadius").size()).isEqualTo(metrics.get("loss").size());
        assertThat(metrics.get("trustRadius").get(0).asDouble()).isEqualTo(1);
        assertThat(metrics.get("damping").isNull()).isTrue();
        JsonNode ofGradients = metrics("lbfgs");
        assertThat(ofGradients.get("trustRadius").isNull()).isTrue();
        assertThat(ofGradients.get("gradientNorm").get(0).asDouble())
                .isCloseTo(metrics.get("gradientNorm").get(0).asDouble(), withinPercentage(1e-9));
        assertThat(metrics.get("loss").get(11).asDouble()).isLessThan(metrics.get("loss").get(0).asDouble());
    }

    /** Six points and a wild one: the line through the six, beside which Huber's function takes the seventh for a constant pull. */
    @Test
    void aLineByHubersLossIsFoundToTheLastDigits() {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 0.0}},
                  "outputs": {"y": "a * x"}}},
                 "dataset": {"inputNames": ["x"], "targetNames": ["t"], "inputs": [[1], [2], [3], [4]], "targets": [[2], [4], [6], [1000]]},
                 "loss": {"terms": [{"equation": "y - t", "loss": {"huber": 1}}]}, "optimizer": {"type": "newton"}, "epochs": 50,
                 "seed": 1}""", "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        // Of 1, 2 and 3 the squares add up to 14, of which (a - 2) 14 = 4 is the pull.
        double found = get("/v1/models/" + answer.json().get("modelId").asString()).json().at("/coefficients/a/value").asDouble();
        assertThat(found).isCloseTo(2 + 4.0 / 14, within(1e-12));
        assertThat(answer.json().get("stoppedAtEpoch").asInt()).isLessThan(50);
    }
}
