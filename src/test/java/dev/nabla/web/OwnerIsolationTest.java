package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What belongs to somebody else is not there, wherever a request can name it: every operation of the OpenAPI document is asked
 * for it, in paths, queries and every field that its schema says to be an id. An operation is covered the day it is added.
 */
@TestPropertySource(properties = {"nabla.access.bootstrap-key=" + AccessTest.FIRST,
    "spring.datasource.url=jdbc:h2:mem:isolation;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class OwnerIsolationTest extends HttpTest {

    private static final String TRAINING = """
            {"network": {"name": "secret-n", "inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 3}, {"units": 3}, {"units": 1}]},
             "dataset": {"name": "secret-d", "inputs": [[0, 1], [1, 0]], "inputNames": ["x", "y"], "targets": [[1], [2]], "targetNames": ["z"]},
             "name": "secret-t", "epochs": 2, "batchSize": 1}""";

    private JsonNode document;
    private String ada;
    private String bob;
    private Set<String> idsOfAda;

    /** An operation of the document. */
    private record Operation(String path, String method, JsonNode json) {

        boolean isOfOne() {
            return path.contains("{id}");
        }

        /** With an alias and a version, where it has those. */
        String pathOf(String id) {
            return path.replace("{id}", id).replace("{alias}", "champion").replace("{version}", "latest");
        }

        boolean isOfAdministrators() {
            return path.startsWith("/v1/keys");
        }

        Stream<JsonNode> query() {
            return StreamSupport.stream(json.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.get("in").asString().equals("query"));
        }

        /** Its media type and the examples of its body; of one without a body nothing. */
        List<Body> bodies() {
            return json.at("/requestBody/content").properties().stream().flatMap(content -> {
                JsonNode described = content.getValue();
                Stream<JsonNode> examples = Stream.concat(Stream.ofNullable(described.get("example")),
                        StreamSupport.stream(described.path("examples").spliterator(), false).map(example -> example.get("value")));
                return examples.map(example -> new Body(content.getKey(), example));
            }).toList();
        }

        String name() {
            return json.get("operationId").asString();
        }

        /** What deletes last, the ensemble before its models, the model before its training. */
        int turn() {
            return !method.equals("delete") ? 0 : path.contains("ensembles") || path.contains("aliases") ? 1 : path.contains("models") ? 2
                    : path.contains("trainings") ? 3 : 4;
        }
    }

    private record Body(String type, JsonNode json) {}

    @BeforeEach
    void adaHasTwoOfEverything() {
        document = get("/v3/api-docs").json();
        ada = key("ada-" + UUID.randomUUID());
        bob = key("bob-" + UUID.randomUUID());
        idsOfAda = new TreeSet<>();
        for (int i = 0; i < 2; i++) {
            Answer training = ask(ada, "post", "/v1/trainings", new Body("application/json", JSON.readTree(TRAINING)));
            assertThat(training.json().get("state").asString()).as(training.response().body()).isEqualTo("succeeded");
            for (String field : new String[] {"id", "networkId", "datasetId", "modelId"}) {
                idsOfAda.add(training.json().get(field).asString());
            }
        }
        assertThat(idsOfAda).hasSize(8);
        List<String> models = idsOfAda.stream().filter(id -> ask(ada, "get", "/v1/models/" + id, null).status() == 200).toList();
        for (int i = 0; i < 2; i++) {
            idsOfAda.add(made("/v1/ensembles", "{\"name\": \"secret-e\", \"modelIds\": " + JSON.writeValueAsString(models) + "}"));
            String sweep = made("/v1/sweeps", "{\"name\": \"secret-s\", \"seeds\": 2, \"training\": " + TRAINING + "}");
            ask(ada, "get", "/v1/sweeps/" + sweep + "/events", null);
            idsOfAda.add(sweep);
        }
    }

    private String made(String path, String body) {
        return ask(ada, "post", path, new Body("application/json", JSON.readTree(body))).json().get("id").asString();
    }

    private String key(String owner) {
        return post("/v1/keys", "{\"owner\": \"" + owner + "\"}", "Authorization", "Bearer " + AccessTest.FIRST).json()
                .get("key").asString();
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operations.add(new Operation(path.getKey(), operation.getKey(), operation.getValue()))));
        operations.sort(Comparator.comparingInt(Operation::turn));
        return operations;
    }

    private Answer ask(String key, String method, String path, Body body) {
        HttpRequest.Builder request = request(path, "Authorization", "Bearer " + key, "Prefer", "wait=60");
        if (body == null) {
            return send(request.method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
        }
        return send(request.header("Content-Type", body.type()).method(method.toUpperCase(Locale.ROOT),
                BodyPublishers.ofString(body.json().isString() ? body.json().asString() : body.json().toString())));
    }

    /** What is answered, whatever the id is. */
    private static String told(Answer answer, String id) {
        return answer.status() + " " + answer.header("Content-Type") + " " + answer.response().body().replace(id, "ID");
    }

    private static String path(Operation operation, String id) {
        String query = operation.query().filter(parameter -> parameter.has("example")).map(parameter ->
                parameter.get("name").asString() + "=" + URLEncoder.encode(parameter.get("example").isArray()
                        ? parameter.get("example").get(0).asString() : parameter.get("example").asString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return operation.pathOf(id) + (query.isEmpty() ? "" : "?" + query);
    }

    @Test
    void inAPathItIsNotThere() {
        String unknown = UUID.randomUUID().toString();
        var asked = new TreeSet<String>();
        for (Operation operation : operations().stream().filter(Operation::isOfOne).toList()) {
            Body body = operation.bodies().stream().findFirst().orElse(null);
            String expected = told(ask(bob, operation.method(), path(operation, unknown), body), unknown);
            assertThat(expected).as(operation.name()).startsWith(operation.isOfAdministrators() ? "403 " : "404 ");
            for (String id : idsOfAda) {
                assertThat(told(ask(bob, operation.method(), path(operation, id), body), id)).as(operation.name())
                        .isEqualTo(expected);
            }
        }
        // And she, who owns them, is answered by all: what was not there was not merely asked for wrongly.
        for (Operation operation : operations().stream().filter(one -> one.isOfOne() && !one.isOfAdministrators()).toList()) {
            Body body = operation.bodies().stream().findFirst().orElse(null);
            assertThat(idsOfAda).as(operation.name()).anyMatch(id ->
                    ask(ada, operation.method(), path(operation, id), body).status() != 404);
            asked.add(operation.name());
        }
        assertThat(asked).contains("getNetwork", "deleteNetwork", "updateDataset", "followTraining", "cancelTraining", "predict", "infer",
                "getInferenceModel");
    }

    @Test
    void inABodyItIsNotThere() {
        String unknown = UUID.randomUUID().toString();
        var asked = new TreeSet<String>();
        for (Operation operation : operations().stream().filter(one -> !one.isOfOne() && !one.bodies().isEmpty()).toList()) {
            var fields = new TreeSet<String>();
            operation.json().at("/requestBody/content").forEach(content -> ids(content.get("schema"), "", fields, Set.of()));
            for (String field : fields) {
                List<Body> bodies = operation.bodies().stream().filter(body -> with(body, field, unknown).isPresent()).toList();
                assertThat(bodies).as("examples of %s that can have an id at %s", operation.name(), field).isNotEmpty();
                boolean isFound = false;
                for (Body body : bodies) {
                    String expected = told(ask(bob, operation.method(), operation.path(), with(body, field, unknown).orElseThrow()),
                            unknown);
                    assertThat(expected).as(operation.name() + " " + field).matches("(?s)(404|422) .*");
                    for (String id : idsOfAda) {
                        Body foreign = with(body, field, id).orElseThrow();
                        assertThat(told(ask(bob, operation.method(), operation.path(), foreign), id))
                                .as(operation.name() + " " + field).isEqualTo(expected);
                        isFound |= !told(ask(ada, operation.method(), operation.path(), foreign), id).equals(expected);
                    }
                }
                assertThat(isFound).as("%s finds what its owner names at %s", operation.name(), field).isTrue();
                asked.add(operation.name() + " " + field);
            }
        }
        assertThat(asked).contains("createTraining /networkId", "createTraining /datasetId", "createTraining /initialModelId",
                "createTraining /continue", "createSweep /training/networkId", "createEnsemble /modelIds/0", "evaluate /ensembleId", "createTraining /loss/terms/0/dataset", "evaluate /modelId",
                "printExpressions /networkId");
    }

    /** Adds the pointers to all that a schema says to be an id. */
    private void ids(JsonNode schema, String pointer, Set<String> found, Set<String> above) {
        if (schema == null) {
            return;
        }
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asString();
            if (!above.contains(reference)) {
                var within = new HashSet<>(above);
                within.add(reference);
                ids(document.at(reference.substring(1)), pointer, found, within);
            }
            return;
        }
        if (Set.of("uuid", "model").contains(schema.path("format").asString(""))) {
            found.add(pointer);
        }
        schema.path("properties").properties().forEach(property ->
                ids(property.getValue(), pointer + "/" + property.getKey(), found, above));
        ids(schema.get("items"), pointer + "/0", found, above);
        for (String several : new String[] {"oneOf", "anyOf", "allOf"}) {
            schema.path(several).forEach(one -> ids(one, pointer, found, above));
        }
        for (String one : new String[] {"if", "then", "else"}) {
            ids(schema.get(one), pointer, found, above);
        }
    }

    /** The body with an id at a place, if it has such a place. */
    private static Optional<Body> with(Body body, String pointer, String id) {
        JsonNode copy = body.json().deepCopy();
        int last = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ObjectNode object) {
            object.put(name, id);
            return Optional.of(new Body(body.type(), copy));
        }
        if (parent instanceof ArrayNode array && !array.isEmpty()) {
            array.set(Integer.parseInt(name), id);
            return Optional.of(new Body(body.type(), copy));
        }
        return Optional.empty();
    }

    @Test
    void listsHaveItNotWhateverTheyAreAskedFor() {
        var asked = new TreeSet<String>();
        String unknown = UUID.randomUUID().toString();
        for (Operation list : operations().stream().filter(one -> one.method().equals("get") && !one.isOfAdministrators()
                && one.query().anyMatch(parameter -> parameter.get("name").asString().equals("pageToken")) && !one.isOfOne()).toList()) {
            Answer first = ask(ada, "get", list.path() + "?pageSize=1", null);
            String token = first.json().get("nextPageToken").asString();
            assertThat(first.json().get("items")).as(list.name()).hasSize(1);
            assertThat(ask(ada, "get", list.path() + "?pageToken=" + token, null).json().get("items")).isNotEmpty();
            assertThat(ask(bob, "get", list.path(), null).json().get("items")).as(list.name()).isEmpty();
            assertThat(told(ask(bob, "get", list.path() + "?pageToken=" + token, null), token))
                    .isEqualTo(told(ask(bob, "get", list.path() + "?pageToken=nonsense", null), "nonsense"));
            list.query().filter(parameter -> parameter.at("/schema/format").asString("").equals("uuid")).forEach(parameter -> {
                String filter = list.path() + "?" + parameter.get("name").asString() + "=";
                String expected = told(ask(bob, "get", filter + unknown, null), unknown);
                idsOfAda.forEach(id -> assertThat(told(ask(bob, "get", filter + id, null), id)).isEqualTo(expected));
                asked.add(list.name() + " " + parameter.get("name").asString());
            });
        }
        assertThat(asked).contains("listTrainings networkId", "listTrainings datasetId", "listModels trainingId");
    }
}
