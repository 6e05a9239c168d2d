package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.training.TrainingSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Data meets a network by name, over HTTP. */
class NamesHttpTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x", "t"], "outputs": ["u"], "layers": [{"units": 1, "activation": "identity"}]}""";
    private static final String TWO_OUTPUTS = """
            {"inputs": ["x", "t"], "outputs": ["u", "v"], "layers": [{"units": 2, "activation": "identity"}]}""";
    private static final String GRID = """
            "grid": {"t": {"from": 0, "to": 1, "step": 0.5}, "x": {"from": 0, "to": 2, "step": 0.5}}""";
    private static final String WAVE = "{" + GRID + ", \"targets\": {\"u\": \"10 * x + inputs.t\"}}";

    @Autowired
    private Datasets datasets;

    @Autowired
    private TrainingQueue queue;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void aGridInAnotherOrderFitsTheRightAxes() {
        assertWeights(trained(NETWORK, WAVE, "\"mse\""), 10, 1);
    }

    @Test
    void aCsvInAnotherOrderFitsTheRightColumns() {
        Answer csv = send(request("/v1/datasets?inputs=t,x&targets=v,u", "Content-Type", "text/csv").POST(BodyPublishers
                .ofString("x,t,u,v\n0,0,0,0\n1,0,1,10\n0,1,2,20\n1,1,3,30\n")));
        assertThat(csv.status()).as(csv.response().body()).isEqualTo(201);
        JsonNode rows = get(csv.header("Location") + "/data").json();
        assertWeights(trained(TWO_OUTPUTS, rows.toString(), "\"mse\""), 1, 2, 10, 20);
    }

    @Test
    void outputsMinusTargetsMeetsByNameInTheTrainingsDatasetAndInThatOfATerm() {
        String rows = """
                {"inputNames": ["t", "x"], "targetNames": ["v", "u"], "inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
                 "targets": [[0, 0], [10, 1], [20, 2], [30, 3]]}""";
        String term = "{\"terms\": [{\"equation\": \"outputs - targets\"%s}]}";
        assertWeights(trained(TWO_OUTPUTS, rows, term.formatted("")), 1, 2, 10, 20);
        assertWeights(trained(TWO_OUTPUTS, "{\"inputs\": [[0, 0]]}", term.formatted(", \"dataset\": " + rows)),
                1, 2, 10, 20);
        assertWeights(trained(TWO_OUTPUTS, rows.replace("\"v\", \"u\"", "\"b\", \"a\""), term.formatted("")),
                10, 20, 1, 2);
    }

    @Test
    void aDatasetOfATermInAnotherOrderFitsTheRightAxes() {
        String id = created("/v1/datasets", WAVE).get("id").asString();
        String term = "{\"equation\": \"outputs.u - targets.u\", \"dataset\": \"" + id + "\"}";
        assertWeights(trained(NETWORK, "{\"inputs\": [[0, 0]]}", "{\"terms\": [" + term + "]}"), 10, 1);
    }

    @Test
    void namesOfOneSideOnlyMeanPositions() {
        String rows = "{\"inputs\": [[0, 0], [1, 0], [0, 1]], \"targets\": [[0], [10], [1]]}";
        assertWeights(trained(NETWORK, rows, "\"mse\""), 10, 1);
        String unnamed = "{\"inputs\": 2, \"layers\": [{\"units\": 1, \"activation\": \"identity\"}]}";
        assertWeights(trained(unnamed, WAVE, "\"mse\""), 1, 10);
    }

    @Test
    void datasetsOfOneTrainingAreMatchedWithEachOtherWhereTheNetworkHasNoNames() {
        String unnamed = "{\"inputs\": 2, \"outputs\": [\"u\"], \"layers\": [{\"units\": 1, \"activation\": \"identity\"}]}";
        String rows = """
                {"inputs": [[0, 0], [1, 0], [0, 1]], "targets": [[0], [%s], [%s]], "inputNames": ["%s", "%s"]}""";
        String terms = "{\"terms\": [{\"equation\": \"u - y1\"}, {\"equation\": \"u - y1\", \"dataset\": \"%s\"}]}";
        String swapped = created("/v1/datasets", rows.formatted(1, 10, "p", "q")).get("id").asString();
        assertWeights(trained(unnamed, rows.formatted(10, 1, "q", "p"), terms.formatted(swapped)), 10, 1);
        String foreign = created("/v1/datasets", rows.formatted(1, 10, "v", "q")).get("id").asString();
        String error = "/loss/terms/1/dataset another dataset has the inputs [q, p], the data has [v, q]: they are matched "
                + "by name";
        assertError(post("/v1/trainings", "{\"network\": %s, \"dataset\": %s, \"loss\": %s}".formatted(unnamed,
                rows.formatted(10, 1, "q", "p"), terms.formatted(foreign))), error);
        String own = created("/v1/datasets", rows.formatted(10, 1, "q", "p")).get("id").asString();
        assertError(post("/v1/expressions", """
                {"network": %s, "equations": ["loss"], "datasetId": "%s", "loss": %s}""".formatted(unnamed, own,
                terms.formatted(foreign))), error);
    }

    @Test
    void namesOfTheOtherSideAreNoNamesOfThisOne() {
        String inverse = """
                {"inputs": ["y1", "y2"], "outputs": ["x1", "x2"], "layers": [{"units": 2, "activation": "identity"}]}""";
        Answer answer = post("/v1/trainings", """
                {"network": %s, "dataset": {"grid": {"x1": {"from": 0, "to": 1, "step": 1}, "x2": {"from": 0, "to": 1,
                 "step": 1}}, "targets": {"y1": "x1", "y2": "x2"}}}""".formatted(inverse));
        assertErrors(answer, "/dataset the network has the inputs [y1, y2], the data has [x1, x2]: 'x1' is on the other side",
                "/dataset the network has the outputs [x1, x2], the data has [y1, y2]: 'y1' is on the other side");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"inputNames\": [\"x\", \"y\"] | \"mse\" | /dataset the network has the inputs [x, t], the data has [x, y]: "
                + "they are matched by name, in any order, so rename",
        "\"targetNames\": [\"u\", \"w\"] | \"relative-l2\" | /dataset the network has the outputs [u, v], "
                + "the data has [u, w]: they are matched by name, in any order, so rename",
        "\"targetNames\": [\"u\", \"g\"] | {\"terms\": [{\"equation\": \"outputs[1]-u\"}]} | /loss/terms/0/equation "
                + "'u' could mean several things here: write outputs.u or targets.u @11",
        "\"targetNames\": [\"x\", \"g\"] | {\"terms\": [{\"equation\": \"u\"}, {\"equation\": \"x\"}]} | "
                + "/loss/terms/1/equation 'x' could mean several things here: write inputs.x or targets.x @0",
        "\"targetNames\": [\"L1\", \"g\"] | {\"terms\": [{\"equation\": \"u - L1\"}]} | /loss/terms/0/equation "
                + "'L1' could mean several things here: write L1.W or L1.b or targets.L1 @4",
        "\"targetNames\": [\"u\", \"v\"] | \"hamiltonian\" | /loss hamiltonian needs a network with a field",
    })
    void whatDoesNotMatchOrIsUnclearIsRefused(String names, String loss, String error) {
        Answer answer = post("/v1/trainings", """
                {"network": %s, "dataset": {"inputs": [[1, 2]], "targets": [[1, 2]], %s}, "loss": %s}"""
                .formatted(TWO_OUTPUTS, names, loss));
        assertError(answer, error);
    }

    @Test
    void storedDatasetsThatDoNotMatchAreRefusedWhereTheyAreNamed() {
        String id = created("/v1/datasets", """
                {"inputs": [[1, 2]], "inputNames": ["x", "y"]}""").get("id").asString();
        String term = "{\"terms\": [{\"equation\": \"u\"}, {\"equation\": \"u\", \"dataset\": \"" + id + "\"}]}";
        String detail = " the network has the inputs [x, t], the data has [x, y]";
        String own = "{\"terms\": [{\"equation\": \"u\"}]}";
        assertError(post("/v1/trainings", "{\"network\": %s, \"datasetId\": \"%s\", \"loss\": %s}"
                .formatted(NETWORK, id, own)), "/datasetId" + detail);
        assertError(post("/v1/trainings", "{\"network\": %s, \"dataset\": {\"inputs\": [[1, 2]]}, \"loss\": %s}"
                .formatted(NETWORK, term)), "/loss/terms/1/dataset" + detail);
        assertError(post("/v1/expressions", "{\"network\": %s, \"equations\": [\"loss\"], \"loss\": %s}"
                .formatted(NETWORK, term)), "/loss/terms/1/dataset" + detail);
        assertError(post("/v1/expressions", "{\"network\": %s, \"equations\": [\"loss\"], \"datasetId\": \"%s\", "
                .formatted(NETWORK, id) + "\"loss\": " + own + "}"),
                "/datasetId" + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"D", "exp", "loss", "targets", "inputs", "outputs", "field", "solve", "norm"})
    void aColumnThatEquationsCannotNameIsRefusedWhenTheDatasetIsMade(String name) {
        String detail = " must not be '" + name + "', which equations use";
        assertError(post("/v1/datasets", "{\"inputs\": [[1]], \"inputNames\": [\"%s\"]}".formatted(name)),
                "/inputNames/0" + detail);
        assertError(post("/v1/datasets", "{\"inputs\": [[1]], \"targets\": [[1]], \"targetNames\": [\"%s\"]}"
                .formatted(name)), "/targetNames/0" + detail);
        assertError(post("/v1/datasets", "{\"grid\": {\"%s\": {\"from\": 0, \"to\": 1, \"step\": 1}}}".formatted(name)),
                "/grid/" + name + detail);
        assertError(post("/v1/datasets", "{%s, \"targets\": {\"%s\": \"x\"}}".formatted(GRID, name)),
                "/targets/" + name + detail);
        assertError(send(request("/v1/datasets?inputs=x&rename=t:" + name, "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,t\n1,2\n"))), "/rename/0 the new name" + detail);
        assertThat(send(request("/v1/datasets?inputs=x,t&targets=" + name, "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,t," + name + "\n1,2,3\n"))).json().get("targetNames").toString())
                .isEqualTo("[\"" + name + "_\"]");
        assertError(post("/v1/trainings", "{\"network\": %s, \"dataset\": {%s, \"targets\": {\"%s\": \"x\"}}}"
                .formatted(NETWORK, GRID, name)), "/dataset/targets/" + name + detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"targetNames\": [\"x1\"] | /targetNames/0 must not be 'x1', as another column is",
        "\"inputNames\": [\"y1\"] | /inputNames/0 must not be 'y1', as another column is",
        "\"inputNames\": [\"a\"], \"targetNames\": [\"a\"] | /targetNames/0 must not be 'a', as another column is",
        "\"inputNames\": [\"1a\"] | /inputNames/0 must be a letter followed by",
    })
    void aColumnIsCalledAsNoOtherNamedOrNot(String names, String error) {
        assertError(post("/v1/datasets", "{\"inputs\": [[1]], \"targets\": [[1]], " + names + "}"), error);
    }

    @Test
    void rowsWithNamesAreMatchedByNameWhereverTheyAreComputed() {
        String model = "/v1/models/" + trained(TWO_OUTPUTS, "{" + GRID
                + ", \"targets\": {\"v\": \"-x\", \"u\": \"t\"}}", "\"mse\"").get("modelId").asString();
        assertNumbers(post(model + "/predictions", """
                {"inputs": [[1, 3]], "inputNames": ["t", "x"]}""").json().at("/outputs/0"), 1, -3);
        assertNumbers(post(model + "/predictions", "{\"inputs\": [[3, 1]]}").json().at("/outputs/0"), 1, -3);
        assertNumbers(post("/v1/evaluations", """
                {"network": %s, "parameters": {"L1": {"W": [[0, 1], [-1, 0]], "b": [0, 0]}}, "equations": ["inputs"],
                 "inputs": [[1, 3]], "inputNames": ["t", "x"]}""".formatted(TWO_OUTPUTS))
                .json().at("/results/0/values/0"), 3, 1);
        String path = """
                "method": "implicit-midpoint", "step": 0.1, "steps": 3, "energy": "inputs.x^2 + 3 * t"}""";
        JsonNode ordered = post(model + "/trajectories", "{\"starts\": [[3, 1]], " + path).json().at("/trajectories/0");
        JsonNode swapped = post(model + "/trajectories", """
                {"starts": [[1, 3]], "inputNames": ["t", "x"],\s""" + path).json().at("/trajectories/0");
        assertThat(swapped.get("energies")).isEqualTo(ordered.get("energies")).hasSize(4);
        for (int k = 0; k < 4; k++) {
            assertThat(swapped.at("/states/" + k + "/0")).isEqualTo(ordered.at("/states/" + k + "/1"));
            assertThat(swapped.at("/states/" + k + "/1")).isEqualTo(ordered.at("/states/" + k + "/0"));
        }
        String wrong = ", \"inputNames\": [\"x\", \"y\"]}";
        String error = "/inputNames the network has the inputs [x, t], the data has [x, y]";
        assertError(post(model + "/predictions", "{\"inputs\": [[1, 3]]" + wrong), error);
        assertError(post(model + "/trajectories", """
                {"starts": [[1, 3]], "method": "map", "steps": 1""" + wrong), error);
        assertError(post("/v1/evaluations", """
                {"network": %s, "parameters": {"L1": {"W": [[0, 1], [-1, 0]], "b": [0, 0]}}, "equations": ["x"],
                 "inputs": [[1, 3]]""".formatted(TWO_OUTPUTS) + wrong), error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "[\"t\", \"x\"] | [\"u\", \"v\"]", "[\"x\", \"t\"] | [\"v\", \"u\"]", "[\"a\", \"b\"] | [\"u\", \"v\"]"})
    void aModelWhoseInputsOrOutputsStandElsewhereIsNoStart(String inputs, String outputs) {
        String model = trained(TWO_OUTPUTS, "{\"inputs\": [[1, 2]], \"targets\": [[1, 2]]}", "\"mse\"").get("modelId")
                .asString();
        String request = """
                {"network": {"inputs": %s, "outputs": %s, "layers": [{"units": 2, "activation": "identity"}]},
                 "dataset": {"inputs": [[1, 2]], "targets": [[1, 2]]}, "initialModelId": "%s"}""";
        assertError(post("/v1/trainings", request.formatted(inputs, outputs, model)), "/initialModelId must be a "
                + "model of a network with the same inputs and outputs at the same places, which are ");
        for (String same : List.of("[\"x\", \"t\"]", "2")) {
            assertThat(post("/v1/trainings", request.formatted(same, "[\"u\", \"v\"]", model)).status()).isEqualTo(202);
        }
    }

    @Test
    void aPrintedLossWithoutADatasetHasTargetsByPath() {
        JsonNode results = post("/v1/expressions", """
                {"network": %s, "equations": ["targets.v", "D(u, L1.b)"], "format": "text", "form": "array",
                 "loss": {"terms": [{"equation": "u - targets.u + outputs.v - targets[2]"}]}}""".formatted(TWO_OUTPUTS))
                .json().get("results");
        assertThat(results.at("/0/expression").asString()).isEqualTo("targets[2]");
        assertThat(results.at("/1/expression").asString()).isEqualTo("[1, 0]");
        Answer hamiltonian = post("/v1/expressions", """
                {"network": {"inputs": ["q", "p"], "outputs": ["H"], "architecture": {"type": "hamiltonian", "width": 2,
                 "hiddenLayers": 1}}, "equations": ["loss - norm(field - targets)"], "loss": "hamiltonian"}""");
        assertThat(hamiltonian.status()).as(hamiltonian.response().body()).isEqualTo(200);
        assertError(post("/v1/expressions", "{\"network\": " + TWO_OUTPUTS + ", \"equations\": [\"loss\"], "
                + "\"loss\": \"hamiltonian\"}"), "/loss hamiltonian needs a network with a field");
    }

    @Test
    void aPrintedLossHasTheTargetsInTheOrderOfTheOutputs() {
        String id = created("/v1/datasets", "{" + GRID + ", \"targets\": {\"v\": \"x\", \"u\": \"t\"}}").get("id")
                .asString();
        String request = """
                {"network": %s, "datasetId": "%s", "loss": "mse", "format": "text", "form": "array", "equations": ["%s"]}""";
        JsonNode printed = post("/v1/expressions", request.formatted(TWO_OUTPUTS, id, "[targets.v, targets.u, t]")).json();
        assertThat(printed.at("/results/0/expression").asString()).isEqualTo("[targets[2], targets[1], t]");
        JsonNode slope = post("/v1/expressions", request.replace("array", "scalar").formatted(TWO_OUTPUTS, id,
                "D(D(loss, targets[2]), L1.b[2])")).json();
        assertThat(slope.at("/results/0/expression").asString()).isEqualTo("-1");
        assertError(post("/v1/expressions", request.formatted(TWO_OUTPUTS, id, "1 + u")),
                "/equations/0 'u' could mean several things here: write outputs.u or targets.u @4");
    }

    /** Such names were accepted once. */
    @Test
    void anOldDatasetWithNamesThatAreNowRefusedIsReadAndTrainedOn() {
        UUID id = datasets.insert(new Samples(List.of("t", "x"), List.of("loss"), new double[] {0, 0, 0, 1, 1, 0},
                new double[] {0, 10, 1})).id();
        assertThat(get("/v1/datasets/" + id).json().at("/targetNames/0").asString()).isEqualTo("loss");
        assertThat(get("/v1/datasets/" + id + "/data").json().at("/targets/1/0").asDouble()).isEqualTo(10);
        assertThat(get("/v1/datasets?pageSize=1").json().at("/items/0/id").asString()).isEqualTo(id.toString());
        for (String loss : List.of("\"mse\"", "{\"terms\": [{\"equation\": \"u - targets.loss\"}]}")) {
            Answer training = post("/v1/trainings", """
                    {"network": %s, "datasetId": "%s", "loss": %s, "epochs": 200, "seed": 1, "optimizer": {"type": "lbfgs"}}"""
                    .formatted(NETWORK, id, loss), "Prefer", "wait=60");
            assertWeights(training.json(), 10, 1);
        }
    }

    /** Only before there were names: whoever submits now is told. */
    @Test
    void aQueuedTrainingThatDoesNotMatchFailsWithTheReason() {
        UUID network = UUID.fromString(created("/v1/networks", TWO_OUTPUTS).get("id").asString());
        UUID dataset = datasets.insert(new Samples(List.of("x", "t"), List.of("u", "w"), new double[2], new double[2]))
                .id();
        assertThat(failure(network, dataset, Loss.MSE))
                .startsWith("the network has the outputs [u, v], the data has [u, w]: they are matched by name");
        assertThat(failure(network, dataset, new EquationLoss(List.of(new LossTerm("u", Optional.empty(), 1)))))
                .isEqualTo("term 0 of the loss: 'u' could mean several things here: write outputs.u or targets.u");
    }

    private String failure(UUID network, UUID dataset, Objective loss) {
        UUID id = transaction.execute(_ -> queue.submit(network, Optional.of(dataset), Labels.NONE,
                new TrainingSettings(loss, 1, 1, false, 1, LbfgsSettings.DEFAULT), "auto", 5, Beginning.DRAWN, Duration.ZERO));
        get("/v1/trainings/" + id + "/events");
        return get("/v1/trainings/" + id).json().get("error").asString();
    }

    private JsonNode trained(String network, String dataset, String loss) {
        Answer training = post("/v1/trainings", """
                {"network": %s, "dataset": %s, "loss": %s, "epochs": 200, "seed": 1, "optimizer": {"type": "lbfgs"}}"""
                .formatted(network, dataset, loss), "Prefer", "wait=60");
        assertThat(training.status()).as(training.response().body()).isEqualTo(200);
        return training.json();
    }

    private void assertWeights(JsonNode training, double... weights) {
        assertThat(training.get("state").asString()).as(training.toString()).isEqualTo("succeeded");
        JsonNode parameters = get("/v1/models/" + training.get("modelId").asString() + "/parameters").json();
        JsonNode rows = parameters.at("/L1/W");
        for (int i = 0; i < weights.length; i++) {
            assertThat(rows.at("/" + i / 2 + "/" + i % 2).asDouble()).as(parameters.toString())
                    .isCloseTo(weights[i], within(1e-4));
        }
    }

    private static void assertNumbers(JsonNode actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.get(i).asDouble()).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static void assertError(Answer answer, String error) {
        assertErrors(answer, error);
    }

    /** Of every error its pointer, its detail and its position, or the beginning of these. */
    private static void assertErrors(Answer answer, String... expected) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        JsonNode errors = answer.json().get("errors");
        assertThat(errors).as(answer.response().body()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            JsonNode error = errors.get(i);
            assertThat(error.get("pointer").asString() + " " + error.get("detail").asString()
                    + (error.has("position") ? " @" + error.get("position") : "")).startsWith(expected[i]);
        }
    }
}
