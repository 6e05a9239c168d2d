package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Optimizers, schedules, validation, early stopping and starts from a model, over HTTP. */
class TrainingHabitsHttpTest extends HttpTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{} | {\"type\":\"adam\",\"learningRate\":0.001,\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1.0E-8,"
                + "\"schedule\":{\"type\":\"constant\"}}",
        "{\"type\": \"gradient-descent\", \"schedule\": {\"type\": \"cosine\"}} | {\"type\":\"gradient-descent\","
                + "\"learningRate\":0.01,\"schedule\":{\"type\":\"cosine\",\"finalLearningRate\":0.0}}",
        "{\"type\": \"momentum\", \"schedule\": {\"type\": \"step\", \"every\": 2, \"factor\": 0.5}} | {\"type\":\"momentum\","
                + "\"learningRate\":0.01,\"momentum\":0.9,\"schedule\":{\"type\":\"step\",\"every\":2,\"factor\":0.5}}",
        "{\"type\": \"adamw\", \"schedule\": {\"type\": \"geometric\", \"finalLearningRate\": 1e-4}} | {\"type\":\"adamw\","
                + "\"learningRate\":0.001,\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1.0E-8,\"weightDecay\":0.01,"
                + "\"decayAll\":false,\"schedule\":{\"type\":\"geometric\",\"finalLearningRate\":1.0E-4}}",
        "{\"type\": \"lbfgs\"} | {\"type\":\"lbfgs\",\"history\":10,\"gradientTolerance\":1.0E-10}"
    })
    void everyOptimizerTrainsAndIsReportedWithNothingLeftOut(String optimizer, String reported) {
        JsonNode training = trained("\"seed\": 1, \"epochs\": 5, \"optimizer\": " + optimizer);
        assertThat(training.get("optimizer")).isEqualTo(JSON.readTree(reported));
        assertThat(training.get("batchSize").asInt()).isEqualTo(optimizer.contains("lbfgs") ? 441 : 32);
        JsonNode metrics = metrics(training);
        assertThat(metrics.get("loss")).hasSize(5);
        assertThat(metrics.get("loss").get(4).asDouble()).isLessThan(metrics.get("loss").get(0).asDouble());
        assertThat(metrics.get("validationLoss").isNull()).isTrue();
        assertThat(metrics.get("terms").isNull()).isTrue();
        assertThat(training.get("stoppedAtEpoch").isNull()).isTrue();
    }

    /** The parameter grows by a factor of 7 in every epoch. */
    @Test
    void aTrainingThatDivergesKeepsTheLossesUntilThen() {
        JsonNode training = post("/v1/trainings", """
                {"network": {"inputs": 1, "layers": [{"units": 1, "activation": "identity", "bias": false}]},
                 "dataset": {"inputs": [[1]], "targets": [[0]]}, "epochs": 1000, "initialParameters": {"L1": {"W": [[1]]}},
                 "optimizer": {"type": "gradient-descent", "learningRate": 4}}""", "Prefer", "wait=60").json();
        assertThat(training.get("state").asString()).isEqualTo("failed");
        int epoch = (int) Math.ceil(Math.log(Double.MAX_VALUE) / 2 / Math.log(7)) + 1;
        assertThat(training.get("error").asString()).startsWith("the loss became Infinity in epoch " + epoch)
                .endsWith("; try a lower learning rate than 4.0, or gradient clipping");
        JsonNode losses = metrics(training).get("loss");
        assertThat(losses).hasSize(epoch - 1);
        assertThat(losses.get(2).asDouble()).isEqualTo(49 * 49);
        assertThat(training.get("progress").get("epoch").asInt()).isEqualTo(epoch - 1);
    }

    @Test
    void earlyStoppingIsReportedAndTheModelHasItsBestAndItsLastParameters() {
        JsonNode training = trained("""
                "seed": 3, "epochs": 5000, "validationFraction": 0.25, "gradientClipping": 0.5,
                "earlyStopping": {"patience": 4}, "optimizer": {"learningRate": 0.2}""");
        assertThat(training.get("validationFraction").asDouble()).isEqualTo(0.25);
        assertThat(training.get("gradientClipping").asDouble()).isEqualTo(0.5);
        assertThat(training.get("earlyStopping").toString()).isEqualTo("{\"patience\":4,\"minDelta\":0.0}");
        int stopped = training.get("stoppedAtEpoch").asInt();
        assertThat(training.get("stopReason").asString()).isEqualTo("no improvement for 4 epochs");
        assertThat(training.get("progress").get("epoch").asInt()).isEqualTo(stopped).isLessThan(5000);
        JsonNode metrics = metrics(training);
        assertThat(metrics.get("loss")).hasSize(stopped);
        double[] validation = StreamSupport.stream(metrics.get("validationLoss").spliterator(), false)
                .mapToDouble(JsonNode::asDouble).toArray();
        assertThat(validation).hasSize(stopped);
        assertThat(training.get("progress").get("validationLoss").asDouble()).isEqualTo(validation[stopped - 1]);
        for (int i = stopped - 4; i < stopped; i++) {
            assertThat(validation[i]).isGreaterThanOrEqualTo(validation[stopped - 5]);
        }
        JsonNode own = parameters(training, "");
        assertThat(parameters(training, "?which=best")).isEqualTo(own);
        assertThat(parameters(training, "?which=last")).isNotEqualTo(own);
        Answer unknown = get(model(training) + "/parameters?which=worst");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/which\",\"detail\":\"must be one of best, last, was 'worst'\"}]");
    }

    @Test
    void aTrainingStartsFromAModelAsFromItsParameters() {
        JsonNode first = trained("\"seed\": 3, \"epochs\": 2");
        String id = first.get("modelId").asString();
        JsonNode byId = trained("\"seed\": 5, \"epochs\": 2, \"initialModelId\": \"" + id + "\"");
        JsonNode byParameters = trained("\"seed\": 5, \"epochs\": 2, \"initialParameters\": " + parameters(first, ""));
        assertThat(byId.get("initialModelId").asString()).isEqualTo(id);
        assertThat(byParameters.get("initialModelId").isNull()).isTrue();
        assertThat(parameters(byId, "")).isEqualTo(parameters(byParameters, "")).isNotEqualTo(parameters(first, ""));
    }

    @Test
    void aModelOfAnotherShapeOrNoneIsNoStart() {
        String id = trained("\"seed\": 3, \"epochs\": 1").get("modelId").asString();
        String start = "{\"network\": {\"inputs\": 2, \"layers\": [{\"units\": 2, \"bias\": false}, {\"units\": 1}]}, \"dataset\": "
                + GAUSSIAN + ", \"initialModelId\": \"%s\"}";
        Answer answer = post("/v1/trainings", start.formatted(id));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/initialModelId\",\"detail\":\"must be a "
                + "model of a network with the same parameters, which are L1.W [2, 2], L2.W [1, 2], L2.b [1]; its network has "
                + "L1.W [3, 2], L1.b [3], L2.W [3, 3], L2.b [3], L3.W [1, 3], L3.b [1]\"}]");
        assertThat(post("/v1/trainings", start.formatted("13f9547e-7295-4a9a-8c5e-022531cb4d83")).status()).isEqualTo(404);
    }

    private JsonNode trained(String settings) {
        Answer answer = post("/v1/trainings", "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", "
                + settings + "}", "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        assertThat(get("/v1/trainings/" + answer.json().get("id").asString()).json()).isEqualTo(answer.json());
        return answer.json();
    }

    private JsonNode metrics(JsonNode training) {
        return get("/v1/trainings/" + training.get("id").asString() + "/metrics").json();
    }

    private JsonNode parameters(JsonNode training, String query) {
        return get(model(training) + "/parameters" + query).json();
    }

    private static String model(JsonNode training) {
        return "/v1/models/" + training.get("modelId").asString();
    }
}
