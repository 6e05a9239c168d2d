package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a training has reached, over HTTP, before it has a model. */
class ReachedParametersHttpTest extends HttpTest {

    /** A step is an epoch here, so that what was reached is what a training of so many epochs ends with. */
    private static final String TRAINING = "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN
            + ", \"batchSize\": 441, \"seed\": 7, \"epochs\": %d}";

    @Test
    void aRunningTrainingTellsWhatATrainingOfSoManyEpochsEndsWith() {
        String training = "/v1/trainings/" + post("/v1/trainings", TRAINING.formatted(10_000_000)).json().get("id").asString();
        until(training, answer -> answer.json().get("hasParameters").asBoolean());
        Answer reached = get(training + "/parameters");
        assertThat(reached.status()).as("once it is said that there are some").isEqualTo(200);
        assertThat(post(training + "/cancel", "").status()).isEqualTo(200);
        int epoch = reached.json().get("epoch").asInt();
        assertThat(epoch).isBetween(1, 9_999_999);
        JsonNode same = post("/v1/trainings", TRAINING.formatted(epoch), "Prefer", "wait=60").json();
        assertThat(reached.json().get("parameters")).isEqualTo(model(same));

        JsonNode cancelled = get(training).json();
        JsonNode last = get(training + "/parameters").json();
        assertThat(last.get("epoch")).isEqualTo(cancelled.get("progress").get("epoch"));
        assertThat(last.get("parameters")).isEqualTo(model(cancelled)).isNotEqualTo(reached.json().get("parameters"));
    }

    @Test
    void aTrainingThatLeftNothingHasNoParameters() {
        JsonNode failed = post("/v1/trainings", """
                {"network": {"inputs": 1, "layers": [{"units": 1, "activation": "identity", "bias": false}]},
                 "dataset": {"inputs": [[1]], "targets": [[0]]}, "epochs": 1000, "initialParameters": {"L1": {"W": [[1]]}},
                 "optimizer": {"type": "gradient-descent", "learningRate": 4}}""", "Prefer", "wait=60").json();
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.get("hasParameters").asBoolean()).isFalse();
        Answer answer = get("/v1/trainings/" + failed.get("id").asString() + "/parameters");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).contains("has written no parameters");
        assertThat(get("/v1/trainings/13f9547e-7295-4a9a-8c5e-022531cb4d83/parameters").status()).isEqualTo(404);
    }

    private JsonNode model(JsonNode training) {
        return get("/v1/models/" + training.get("modelId").asString() + "/parameters").json();
    }

    private Answer until(String path, Predicate<Answer> isAwaited) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        Answer answer = get(path);
        while (!isAwaited.test(answer) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            answer = get(path);
        }
        return answer;
    }
}
