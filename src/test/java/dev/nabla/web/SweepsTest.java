package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A training with many values and seeds. */
class SweepsTest extends HttpTest {

    private static String training(String fields) {
        return """
                {"name": "trial", "tags": ["t"], "network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 3}, {"units": 1}]},
                 "dataset": {"name": "bell", "grid": {"x": {"from": -1, "to": 1, "step": 0.25}, "y": {"from": -1, "to": 1, "step": 0.25}},
                             "targets": {"z": "exp(-(x^2 + y^2))"}}, "epochs": 20, "seed": 42%s}""".formatted(fields);
    }

    private JsonNode posted(String training, String fields) {
        Answer answer = post("/v1/sweeps", "{\"training\": " + training + ", " + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/v1/sweeps/" + answer.json().get("id").asString());
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        return answer.json();
    }

    private JsonNode finished(JsonNode sweep) {
        // Ends with the sweep.
        String events = get("/v1/sweeps/" + sweep.get("id").asString() + "/events").response().body();
        assertThat(events).contains("event:finished");
        return get("/v1/sweeps/" + sweep.get("id").asString()).json();
    }

    private List<JsonNode> trials(JsonNode sweep) {
        List<JsonNode> trials = new ArrayList<>();
        get("/v1/sweeps/" + sweep.get("id").asString() + "/trials?pageSize=1000").json().get("items").forEach(trials::add);
        return trials;
    }

    private static List<String> texts(List<JsonNode> nodes, String pointer) {
        return nodes.stream().map(node -> node.at(pointer).toString()).toList();
    }

    @Test
    void aGridIsEveryValueWithEveryOtherAndEverySeed() {
        JsonNode sweep = posted(training(""), """
                "name": "rates and widths", "tags": ["demo"], "seeds": 3,
                "values": {"/optimizer/learningRate": [1e-3, 0.01], "/network/layers/0/units": [4, 8]}""");
        JsonNode end = finished(sweep);
        assertThat(end.get("state").asString()).isEqualTo("succeeded");
        assertThat(end.at("/counts/succeeded").asInt()).isEqualTo(12);
        assertThat(end.at("/progress/finished").asInt()).isEqualTo(12);
        assertThat(end.at("/progress/epoch").asInt()).isEqualTo(12 * 20).isEqualTo(end.at("/progress/epochs").asInt());
        assertThat(end.get("values").toString()).isEqualTo("{\"/optimizer/learningRate\":[0.001,0.01],\"/network/layers/0/units\":[4,8]}");
        List<JsonNode> trials = trials(sweep);
        Set<String> different = new HashSet<>();
        trials.forEach(trial -> different.add(trial.get("values") + " " + trial.get("seed")));
        assertThat(different).hasSize(12).contains("{\"/optimizer/learningRate\":0.001,\"/network/layers/0/units\":8} 44");
        List<JsonNode> trainings = trials.stream().map(trial -> get("/v1/trainings/" + trial.get("trainingId").asString()).json()).toList();
        assertThat(Set.copyOf(texts(trainings, "/networkId"))).as("equal networks are stored once").hasSize(2);
        assertThat(Set.copyOf(texts(trainings, "/datasetId"))).as("a dataset is stored once").hasSize(1);
        assertThat(get("/v1/datasets/" + trainings.getFirst().get("datasetId").asString()).json().get("name").asString()).isEqualTo("bell");
        assertThat(trainings).allSatisfy(training -> {
            assertThat(training.get("sweepId")).isEqualTo(sweep.get("id"));
            assertThat(training.get("name").asString()).isEqualTo("trial");
            assertThat(training.at("/sweepValues/~1optimizer~1learningRate").asDouble())
                    .isEqualTo(training.at("/optimizer/learningRate").asDouble());
            JsonNode model = get("/v1/models/" + training.get("modelId").asString()).json();
            assertThat(model.get("sweepId")).isEqualTo(sweep.get("id"));
            assertThat(model.get("sweepName")).isEqualTo(sweep.get("name"));
            assertThat(model.get("sweepValues")).isEqualTo(training.get("sweepValues"));
        });
    }

    @Test
    void trialsAreRankedByTheLossesOfTheirModelsAndTheFirstIsTheBest() {
        JsonNode sweep = posted(training("").replace("{\"units\": 1}", "{\"units\": 1, \"activation\": \"identity\"}"), """
                "values": {"/optimizer/learningRate": [1e-4, 0.1, 0.001, 0.01, 1e300]}""");
        JsonNode end = finished(sweep);
        List<JsonNode> trials = trials(sweep);
        assertThat(texts(trials, "/rank")).containsExactly("1", "2", "3", "4", "5");
        List<Double> losses = trials.subList(0, 4).stream().map(trial -> {
            JsonNode model = get("/v1/models/" + trial.get("modelId").asString()).json();
            assertThat(trial.get("loss").asDouble()).isEqualTo(model.get("loss").asDouble());
            return model.get("loss").asDouble();
        }).toList();
        assertThat(losses).isSorted();
        assertThat(trials.getLast().get("state").asString()).as("diverged").isEqualTo("failed");
        assertThat(trials.getLast().get("error").asString()).contains("epoch");
        assertThat(end.at("/best/trainingId")).isEqualTo(trials.getFirst().get("trainingId"));
        assertThat(end.at("/best/loss").asDouble()).isEqualTo(losses.getFirst());
        assertThat(end.at("/best/values")).isEqualTo(trials.getFirst().get("values"));
        assertThat(end.at("/counts/failed").asInt()).isEqualTo(1);
        assertThat(end.get("state").asString()).isEqualTo("succeeded");
        List<JsonNode> paged = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = get("/v1/sweeps/" + sweep.get("id").asString() + "/trials?pageSize=2" + token).json();
            page.get("items").forEach(paged::add);
            token = page.get("nextPageToken").isNull() ? "" : "&pageToken=" + page.get("nextPageToken").asString();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(trials);
    }

    @Test
    void aTrialIsTheTrainingThatHasItsValues() {
        JsonNode sweep = posted(training(", \"validationFraction\": 0.2"), """
                "metric": "validationLoss", "seeds": 2, "values": {"/optimizer": [{"type": "lbfgs"}, {"type": "momentum"}]}""");
        JsonNode best = finished(sweep).get("best");
        assertThat(best.at("/values/~1optimizer/type").asString()).isEqualTo("lbfgs");
        String seed = trials(sweep).getFirst().get("seed").toString();
        Answer alone = post("/v1/trainings", training(", \"validationFraction\": 0.2, \"optimizer\": {\"type\": \"lbfgs\"}")
                .replace("42", seed), "Prefer", "wait=60");
        assertThat(get("/v1/models/" + alone.json().get("modelId").asString() + "/parameters").json())
                .isEqualTo(get("/v1/models/" + best.get("modelId").asString() + "/parameters").json());
        JsonNode losses = get("/v1/trainings/" + alone.json().get("id").asString() + "/metrics").json().get("validationLoss");
        assertThat(best.get("loss").asDouble()).isEqualTo(losses.valueStream().mapToDouble(JsonNode::asDouble).min().orElseThrow());
    }

    @Test
    void aListTakesValuesTogetherAndANullLeavesAFieldOut() {
        JsonNode sweep = posted(training(", \"gradientClipping\": 5"), """
                "search": "list", "values": {"/seed": [9007199254740993, 1, 2], "/gradientClipping": [null, 1, 2.50]}""");
        finished(sweep);
        List<JsonNode> trainings = trials(sweep).stream().map(trial -> get("/v1/trainings/" + trial.get("trainingId").asString()).json()).toList();
        assertThat(trainings).extracting(training -> training.get("seed") + " " + training.get("gradientClipping"))
                .containsExactlyInAnyOrder("9007199254740993 null", "1 1.0", "2 2.5");
    }

    @Test
    void aRandomSearchDrawsDifferentCombinationsByTheSeed() {
        String search = """
                "search": {"random": 12}, "values": {"/optimizer/learningRate": {"from": 1e-4, "to": 0.1, "scale": "log"},
                  "/network/layers/0/units": {"from": 2, "to": 5, "integer": true}, "/network/layers/0/activation": ["tanh", "sin"]}""";
        List<String> values = texts(trials(finished(posted(training(""), search))), "/values");
        assertThat(values).hasSize(12).doesNotHaveDuplicates().allMatch(text -> text.matches(".*units\":[2-5],.*(tanh|sin).*"));
        assertThat(texts(trials(finished(posted(training(""), search))), "/values")).containsExactlyInAnyOrderElementsOf(values);
        assertThat(texts(trials(finished(posted(training("").replace("42", "43"), search))), "/values"))
                .doesNotContainAnyElementsOf(values);
        Answer tooMany = post("/v1/sweeps", "{\"training\": " + training("") + """
                , "search": {"random": 5}, "values": {"/batchSize": [5, 6], "/shuffle": [true, false]}}""");
        assertThat(tooMany.json().at("/errors/0/pointer").asString()).isEqualTo("/search/random");
        assertThat(tooMany.json().at("/errors/0/detail").asString()).contains("of which 4 were found, was 5");
    }

    @Test
    void valuesThatWouldMakeTooManyTrialsAreToldThere() {
        String epochs = IntStream.rangeClosed(1, 1001).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        JsonNode errors = post("/v1/sweeps", "{\"training\": " + training("") + ", \"seeds\": 1000, \"values\": {\"/epochs\": [" + epochs
                + "]}}").json().get("errors");
        assertThat(errors).extracting(error -> error.get("pointer").asString()).containsExactly("/values");
        assertThat(errors.get(0).get("detail").asString()).isEqualTo("would have 1001000 trials, seeds included, more than 1000");
    }

    @Test
    void datasetsOfTermsAndOfValuesAreStoredOnce() {
        String rows = "{\"inputs\": [[%s], [1]], \"targets\": [[1], [2]]}";
        JsonNode sweep = posted("""
                {"network": {"inputs": 1, "layers": [{"units": 1}]}, "epochs": 2,
                 "loss": {"terms": [{"equation": "outputs - targets", "dataset": %s}, {"equation": "outputs - targets"}]}}"""
                .formatted(rows.formatted("7")), """
                "seeds": 3, "values": {"/dataset": [%s, %s]}""".formatted(rows.formatted("8"), rows.formatted("9")));
        List<JsonNode> trials = trials(finished(sweep));
        List<JsonNode> trainings = trials.stream().map(trial -> get("/v1/trainings/" + trial.get("trainingId").asString()).json()).toList();
        assertThat(trainings).hasSize(6);
        assertThat(Set.copyOf(texts(trainings, "/datasetId"))).hasSize(2);
        assertThat(Set.copyOf(texts(trainings, "/loss/terms/0/dataset"))).hasSize(1);
        assertThat(Set.copyOf(texts(trainings, "/seed"))).as("chosen once for all").hasSize(3);
        assertThat(texts(trials, "/values/~1dataset")).as("named by their ids").containsAll(texts(trainings, "/datasetId"));
    }

    /** It has the seed of the one before. */
    @Test
    void aTrainingThatGoesOnHasOneSeed() {
        JsonNode first = post("/v1/trainings", training("")).json();
        Answer answer = post("/v1/sweeps", "{\"training\": {\"continue\": \"" + first.get("id").asString()
                + "\", \"epochs\": 100}, \"seeds\": 2}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("errors")).extracting(error -> error.get("pointer").asString()).contains("/seeds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"values\": {\"/optimizer/learningRate\": [0.1, -1, \"x\"]} | /values/~1optimizer~1learningRate/1 /values/~1optimizer~1learningRate/2",
        "\"values\": {\"/optimiser/rate\": [1]} | /values/~1optimiser~1rate",
        "\"values\": {\"/network/layers/7/units\": [1]} | /values/~1network~1layers~17~1units",
        "\"values\": {\"/epochs/x\": [1]} | /values/~1epochs~1x",
        "\"values\": {\"epochs\": [1]} | /values/epochs",
        "\"values\": {\"/network\": [{\"inputs\": 1, \"layers\": [{\"units\": 0}]}]} | /values/~1network/0/layers/0/units",
        "\"values\": {\"/network\": [{\"inputs\": 1, \"layers\": [{\"units\": 1}]}]} | /training/dataset",
        "\"values\": {\"/network\": [1], \"/network/inputs\": [1]} | /values/~1network~1inputs",
        "\"values\": {\"/dataset\": [{\"inputs\": [[1, 2], [3]]}]} | /values/~1dataset/0/inputs/1",
        "\"values\": {\"/dataset\": [{\"inputs\": [[1]], \"targets\": [[1]]}]} | /values/~1dataset/0",
        "\"values\": {\"/batchSize\": {\"from\": 1, \"to\": 2}} | /values/~1batchSize",
        "\"values\": {\"/batchSize\": {\"from\": 3, \"to\": 2}}, \"search\": {\"random\": 2} | /values/~1batchSize/to",
        "\"search\": {\"random\": 2} | /values",
        "\"values\": {\"/seed\": [1]}, \"seeds\": 2 | /seeds",
        "\"values\": {\"/seed\": [1e400]} | /values/~1seed/0",
        "\"search\": \"list\", \"values\": {\"/seed\": [1, 2], \"/epochs\": [1]} | /values/~1epochs",
        "\"metric\": \"validationLoss\" | /metric",
        "\"seeds\": 1001 | /seeds",
        "\"seeds\": 501, \"values\": {\"/batchSize\": [5, 6]} | /seeds",
        "\"search\": {\"random\": 1001}, \"values\": {\"/batchSize\": [5]} | /search/random",
        "\"seeds\": 2, \"stop\": \"never\" | /stop",
        "\"values\": {\"/networkId\": [\"13f9547e-7295-4a9a-8c5e-022531cb4d83\"]} | /training /values/~1networkId/0",
        "\"values\": {\"/loss\": [\"hamiltonian\", \"mse\", \"mee\"], \"/nonsense\": [1]} | /values/~1nonsense/0 /values/~1loss/0 /values/~1loss/2",
    })
    void whatIsWrongIsToldWhereItIsWritten(String fields, String pointers) {
        int before = get("/v1/datasets?name=bell&pageSize=1000").json().get("items").size();
        Answer answer = post("/v1/sweeps", "{\"training\": " + training("") + ", " + fields + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("errors")).as(answer.response().body()).extracting(error -> error.get("pointer").asString())
                .containsExactlyInAnyOrder(pointers.split(" "));
        assertThat(get("/v1/datasets?name=bell&pageSize=1000").json().get("items")).as("nothing is stored").hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"values\": {\"/batchSize\": [5, 6, 5.0, 5e0, 6]} | /values/~1batchSize/2 /values/~1batchSize/3 /values/~1batchSize/4"
                + " | /values/~1batchSize/0",
        "\"values\": {\"/optimizer\": [{\"type\": \"adam\", \"beta1\": 0.5}, {\"beta1\": 0.5, \"type\": \"adam\"}]}"
                + " | /values/~1optimizer/1 | /values/~1optimizer/0",
        "\"search\": {\"random\": 2}, \"values\": {\"/batchSize\": [5, 5]} | /values/~1batchSize/1 | /values/~1batchSize/0",
        "\"search\": \"list\", \"values\": {\"/seed\": [1, 1, 1], \"/epochs\": [2, 1, 2]} | /values/~1seed/2 | /values/~1seed/0",
    })
    void trialsThatWouldBeTheSameAreRefusedWithBothPlaces(String fields, String pointers, String first) {
        JsonNode errors = post("/v1/sweeps", "{\"training\": " + training("") + ", " + fields + "}").json().get("errors");
        assertThat(errors).extracting(error -> error.get("pointer").asString()).containsExactly(pointers.split(" "));
        assertThat(errors.get(0).get("detail").asString()).contains("the same trials as " + first);
    }

    @Test
    void anItemOfAnArrayIsReplacedWhereThereIsOne() {
        JsonNode sweep = posted(training(""), "\"values\": {\"/tags/0\": [\"a\", \"b\"]}");
        assertThat(trials(sweep).stream().map(trial -> get("/v1/trainings/" + trial.get("trainingId").asString()).json()))
                .extracting(training -> training.get("tags").toString()).containsExactlyInAnyOrder("[\"a\"]", "[\"b\"]");
        Answer without = post("/v1/sweeps", "{\"training\": " + training("").replace("\"tags\": [\"t\"], ", "")
                + ", \"values\": {\"/tags/0\": [\"a\", \"b\"]}}");
        assertThat(without.json().get("errors")).hasSize(1);
        assertThat(without.json().at("/errors/0/pointer").asString()).isEqualTo("/values/~1tags~10");
        assertThat(without.json().at("/errors/0/detail").asString()).contains("before '0' there is nothing");
    }

    @Test
    void allProblemsOfTheTrainingAndOfTheTrialsAreInOneAnswer() {
        Answer answer = post("/v1/sweeps", """
                {"name": 1, "training": {"network": {"inputs": 1, "layers": [{"units": 0}]}, "epoch": 3, "engine": "x"},
                 "seeds": 0, "values": {"/optimizer/learningRate": [-1]}}""");
        assertThat(answer.json().get("errors")).as(answer.response().body()).extracting(error -> error.get("pointer").asString())
                .containsExactlyInAnyOrder("/name", "/seeds", "/training/network/layers/0/units", "/training/epoch", "/training/engine");
        Answer also = post("/v1/sweeps", """
                {"training": {"network": {"inputs": 1, "layers": [{"units": 0}]}, "epoch": 3, "engine": "x"},
                 "seeds": 2, "values": {"/optimizer/learningRate": [-1, 1]}}""");
        assertThat(also.json().get("errors")).as(also.response().body()).extracting(error -> error.get("pointer").asString())
                .containsExactlyInAnyOrder("/training", "/training/network/layers/0/units", "/training/epoch", "/training/engine",
                        "/values/~1optimizer~1learningRate/0");
        Answer missing = post("/v1/sweeps", "{\"training\": {\"networkId\": \"13f9547e-7295-4a9a-8c5e-022531cb4d83\"}}".replace("}}",
                ", \"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}}}"));
        assertThat(missing.status()).as(missing.response().body()).isEqualTo(404);
        assertThat(missing.json().at("/errors/0/pointer").asString()).isEqualTo("/training/networkId");
    }

    @Test
    void whatIsTooLargeToBeKeptIsRefused() {
        String rows = "[" + String.join(", ", IntStream.range(0, 200_000).mapToObj(i -> "1").toList()) + "]";
        Answer answer = post("/v1/sweeps", "{\"training\": {\"initialParameters\": {\"L1\": [[" + rows + "]]}}, \"seeds\": 0}");
        assertThat(answer.json().get("errors")).extracting(error -> error.get("pointer").asString()).containsExactlyInAnyOrder("/training",
                "/seeds");
        assertThat(answer.json().get("errors").toString()).contains("200000");
    }

    @Test
    void aSweepIsCancelledAsAWholeOnceAndThenDeleted() {
        JsonNode sweep = posted(training("").replace("\"epochs\": 20", "\"epochs\": 10000000"), "\"seeds\": 30");
        String path = "/v1/sweeps/" + sweep.get("id").asString();
        assertThat(delete(path).status()).isEqualTo(409);
        Answer cancelled = post(path + "/cancel", "");
        assertThat(cancelled.status()).as(cancelled.response().body()).isEqualTo(200);
        JsonNode end = finished(sweep);
        assertThat(end.get("state").asString()).isEqualTo("cancelled");
        assertThat(end.at("/counts/cancelled").asInt()).isEqualTo(30);
        assertThat(post(path + "/cancel", "").status()).isEqualTo(409);
        assertThat(get(path + "/events", "Last-Event-ID", "finished").status()).isEqualTo(204);
        String training = trials(sweep).getFirst().get("trainingId").asString();
        assertThat(delete(path).status()).isEqualTo(204);
        for (String gone : List.of(path, path + "/trials", path + "/events", "/v1/trainings/" + training)) {
            assertThat(get(gone).status()).as(gone).isEqualTo(404);
        }
    }

    @Test
    void oneTrialMayBeCancelledWithoutTheOthers() {
        JsonNode sweep = posted(training(""), "\"values\": {\"/epochs\": [1, 10000000, 2]}");
        JsonNode[] seen = new JsonNode[1];
        for (int look = 0; look < 10_000 && (look == 0 || seen[0].at("/counts/succeeded").asInt() < 2); look++) {
            seen[0] = get("/v1/sweeps/" + sweep.get("id").asString()).json();
        }
        assertThat(seen[0].at("/counts/succeeded").asInt()).isEqualTo(2);
        assertThat(seen[0].get("state").asString()).isEqualTo("running");
        trials(sweep).stream().filter(trial -> trial.get("epochs").asInt() > 2).forEach(trial ->
                assertThat(post("/v1/trainings/" + trial.get("trainingId").asString() + "/cancel", "").status()).isEqualTo(200));
        assertThat(finished(sweep).get("state").asString()).isEqualTo("succeeded");
    }

    @Test
    void sweepsAreListedAndRelabelled() {
        JsonNode sweep = finished(posted(training(""), "\"name\": \"mine\", \"tags\": [\"a\"]"));
        assertThat(get("/v1/sweeps?name=mine").json().get("items")).containsExactly(sweep);
        Answer changed = send(request("/v1/sweeps/" + sweep.get("id").asString(), "Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"name\": \"other\", \"tags\": [\"b\"]}")));
        assertThat(changed.json().get("name").asString()).isEqualTo("other");
        assertThat(get("/v1/sweeps?name=mine").json().get("items")).isEmpty();
        assertThat(get("/v1/sweeps?tag=b").json().get("items")).containsExactly(changed.json());
        assertThat(trials(sweep)).hasSize(1);
        HttpRequest.Builder stale = request("/v1/sweeps/" + sweep.get("id").asString(), "If-Match", "\"other\"").DELETE();
        assertThat(send(stale).status()).isEqualTo(412);
    }

    @Test
    void underOneKeyASweepIsMadeOnce() {
        String body = "{\"training\": " + training("") + ", \"seeds\": 2}";
        Answer first = post("/v1/sweeps", body, "Idempotency-Key", "0123456789abcdef-sweep");
        Answer again = post("/v1/sweeps", body, "Idempotency-Key", "0123456789abcdef-sweep");
        assertThat(first.status()).as(first.response().body()).isEqualTo(202).isEqualTo(again.status());
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void partsThatEveryTrialWouldStoreArePaidFor() {
        String rows = "[" + String.join(", ", IntStream.range(0, 150_000).mapToObj(i -> "1").toList()) + "]";
        Answer answer = post("/v1/sweeps", """
                {"seeds": 1000, "training": {"network": {"inputs": 1, "layers": [{"units": 1}]}, "epochs": 1,
                  "dataset": {"inputs": [[1]], "targets": [[1]]}, "initialParameters": {"L1": {"b": %s}}}}""".formatted(rows));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).endsWith("too-much-work");
    }

    /** Far more epochs than one look at what is asked of a training takes, so that those that are to stop do. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"median\"", "{\"halving\": 3}"})
    void trialsThatAreWorseThanOthersEndEarlyAndKeepTheirModels(String stop) {
        JsonNode sweep = posted(training("").replace("\"epochs\": 20", "\"epochs\": 50000"), """
                "stop": %s, "values": {"/optimizer/learningRate": [0.01, 0.011, 0.012, 0.013, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13]}"""
                .formatted(stop));
        JsonNode end = finished(sweep);
        assertThat(end.get("state").asString()).isEqualTo("succeeded");
        assertThat(end.at("/counts/succeeded").asInt()).isEqualTo(9);
        assertThat(end.at("/best/values/~1optimizer~1learningRate").asDouble()).isBetween(0.01, 0.013);
        List<JsonNode> stopped = trials(sweep).stream().filter(trial -> !trial.get("stopReason").isNull()).toList();
        assertThat(stopped).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.get("state").asString()).isEqualTo("succeeded");
            assertThat(trial.get("epoch").asInt()).isLessThan(50_000);
            JsonNode training = get("/v1/trainings/" + trial.get("trainingId").asString()).json();
            assertThat(training.get("stoppedAtEpoch")).isEqualTo(trial.get("epoch"));
            assertThat(training.get("stopReason").asString()).contains("other trials");
            assertThat(get("/v1/models/" + trial.get("modelId").asString()).status()).isEqualTo(200);
        });
    }
}
