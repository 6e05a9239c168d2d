package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Trainings that go on where others ended, over HTTP. */
class ContinuationHttpTest extends TrainedHttpTest {

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
