package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.web.openapi.PublishedSchemas;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiDocumentTest extends HttpTest {

    private static final Path CHECKED_IN = Path.of("openapi", "openapi.yaml");
    /** What an answer has of these, the document says; all others are those of every answer. */
    private static final List<String> SPECIFIC_HEADERS = List.of("Location", "ETag", "Cache-Control", "Preference-Applied",
            "Retry-After", "Content-Disposition", "Allow", "Link");

    private static final String ENDLESS = """
            {"network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 1}]}, "epochs": 10000000,
             "dataset": {"inputs": [[1, 2]], "targets": [[1]]}}""";

    /** An operation of the document. */
    private record Operation(String path, String method, JsonNode json) {

        String id() {
            return json.get("operationId").asString();
        }

        Optional<Map.Entry<String, JsonNode>> body() {
            return json.at("/requestBody/content").properties().stream().findFirst();
        }

        Stream<JsonNode> parameters(String in) {
            return StreamSupport.stream(json.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.get("in").asString().equals(in));
        }

        /** First what makes something, then what needs it, and at last what deletes it, the model before its training. */
        int turn() {
            return method.equals("delete") ? path.contains("aliases") ? 3 : path.contains("models") ? 4 : path.contains("trainings") ? 5 : 6
                    : method.equals("post") && !path.contains("{") ? 1 : 2;
        }
    }

    /** {@code ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.write=true} writes the document anew. */
    @Test
    void theCheckedInDocumentIsThatOfTheService() throws IOException {
        Answer answer = get("/v3/api-docs.yaml");
        String document = answer.response().body();
        assertThat(answer.status()).as(document).isEqualTo(200);
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, document);
        }
        assertThat(document).as("write openapi/openapi.yaml anew with -Dopenapi.write=true")
                .isEqualTo(Files.readString(CHECKED_IN));
    }

    private JsonNode document() {
        return get("/v3/api-docs").json();
    }

    private static List<Operation> operations(JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operations.add(new Operation(path.getKey(), operation.getKey(), operation.getValue()))));
        operations.sort(Comparator.comparingInt(Operation::turn));
        return operations;
    }

    @Test
    void everyOperationHasAnIdASummaryAndExamples() {
        JsonNode document = document();
        assertThat(document.get("openapi").asString()).startsWith("3.1");
        var ids = new TreeSet<String>();
        operations(document).forEach(operation -> {
            String id = operation.id();
            assertThat(ids.add(id)).as(id).isTrue();
            assertThat(operation.json().get("summary").asString()).as(id).isNotEmpty();
            operation.body().ifPresent(body -> assertThat(examples(body.getValue())).as("request examples of " + id)
                    .isNotEmpty());
            operation.json().get("responses").properties().stream().filter(response -> response.getKey().startsWith("2"))
                    .flatMap(response -> response.getValue().path("content").properties().stream())
                    .forEach(content -> assertThat(examples(content.getValue())).as("response examples of " + id)
                            .isNotEmpty());
        });
        assertThat(ids).contains("createNetwork", "printExpressions", "evaluate", "createDataset", "createDatasetFromCsv",
                "createTraining", "followTraining", "predict", "followTrajectories", "createSweep", "createEnsemble");
    }

    @Test
    void everyExampleFitsItsSchema() {
        JsonNode document = document();
        var schemas = new PublishedSchemas(document);
        var checked = new TreeSet<String>();
        withExamples("", document, (pointer, described) -> {
            JsonNode schema = described.has("schema") ? described.get("schema") : described;
            examples(described).forEach(example -> {
                assertThat(schemas.errors(schema, example)).as("%s: %s", pointer, example).isEmpty();
                checked.add(pointer);
            });
        });
        assertThat(checked).anyMatch(pointer -> pointer.contains("/requestBody/"))
                .anyMatch(pointer -> pointer.contains("/parameters/"))
                .anyMatch(pointer -> pointer.startsWith("/components/responses/"))
                .anyMatch(pointer -> pointer.startsWith("/components/schemas/"));
    }

    /** Goes to everything that has examples, but not into them. */
    private static void withExamples(String pointer, JsonNode node, BiConsumer<String, JsonNode> visit) {
        if (!pointer.endsWith("/properties") && (node.has("example") || node.has("examples"))) {
            visit.accept(pointer, node);
        }
        node.properties().stream().filter(child -> !child.getKey().startsWith("example") || pointer.endsWith("/properties"))
                .forEach(child -> withExamples(pointer + "/" + child.getKey(), child.getValue(), visit));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            withExamples(pointer + "/" + i, node.get(i), visit);
        }
    }

    private static List<JsonNode> examples(JsonNode described) {
        var examples = new ArrayList<JsonNode>();
        if (described.has("example")) {
            examples.add(described.get("example"));
        }
        described.path("examples").forEach(example -> examples.add(example.get("value")));
        return examples;
    }

    @Test
    void everyOperationAnswersEveryOneOfItsExamplesAsDescribed() {
        JsonNode document = document();
        var ids = new HashMap<String, String>();
        var statuses = new TreeSet<String>();
        operations(document).forEach(operation -> {
            List<JsonNode> bodies = operation.body().map(body -> examples(body.getValue()).reversed()).orElse(List.of());
            for (int i = 0; i < Math.max(1, bodies.size()); i++) {
                if (Set.of("cancelTraining", "pauseTraining").contains(operation.id())) {
                    ids.put("/v1/trainings", endless("/v1/trainings", ENDLESS));
                }
                if (operation.id().equals("cancelSweep")) {
                    ids.put("/v1/sweeps", endless("/v1/sweeps", "{\"seeds\": 2, \"training\": " + ENDLESS + "}"));
                }
                HttpRequest.Builder request = request(path(operation, ids));
                operation.parameters("header").filter(header -> header.has("example"))
                        .forEach(header -> request.header(header.get("name").asString(), header.get("example").asString()));
                Optional<JsonNode> body = i >= bodies.size() ? Optional.empty()
                        : Optional.of(withModels(bodies.get(i)));
                operation.body().ifPresent(type -> request.header("Content-Type", type.getKey()));
                // A text whose characters are bytes is a file; what is in other texts is ASCII.
                request.method(operation.method().toUpperCase(Locale.ROOT), body.map(json -> json.isString()
                        ? BodyPublishers.ofByteArray(json.asString().getBytes(StandardCharsets.ISO_8859_1))
                        : BodyPublishers.ofString(json.toString())).orElse(BodyPublishers.noBody()));
                accepted(operation).forEach(accept -> {
                    Answer answer = send(accept.isEmpty() ? request.copy() : request.copy().header("Accept", accept));
                    requireDescribed(document, operation, accept, answer);
                    statuses.add(operation.id() + " " + answer.status());
                    if (operation.turn() == 1 && accept.equals("application/json") && answer.json().has("id")) {
                        ids.put(operation.path().replace("/csv", ""), answer.json().get("id").asString());
                        Optional.ofNullable(answer.json().get("modelId"))
                                .ifPresent(model -> List.of("/v1/models", "/v2/models")
                                        .forEach(path -> ids.put(path, model.asString())));
                    }
                });
                if (operation.id().equals("resumeTraining")) {
                    post("/v1/trainings/" + ids.get("/v1/trainings") + "/cancel", "");
                }
            }
        });
        assertThat(statuses).hasSameSizeAs(operations(document));
    }

    /** That there is nothing with the id does not matter, but to lists of parts, whose pages are as those of others. */
    @Test
    void numbersInQueriesHaveTheBoundsThatTheDocumentSays() {
        var checked = new TreeSet<String>();
        operations(document()).stream().filter(operation -> !operation.id().equals("listTrials"))
                .forEach(operation -> operation.parameters("query")
                .filter(parameter -> parameter.at("/schema/type").asString().equals("integer")).forEach(parameter -> {
                    String name = parameter.get("name").asString();
                    String path = operation.path().replace("{id}", UUID.randomUUID().toString()) + "?" + name + "=";
                    JsonNode least = parameter.at("/schema/minimum");
                    assertThat(least.isInt()).as("minimum of %s of %s", name, operation.id()).isTrue();
                    requireOutside(operation, path + (least.asInt() - 1), name);
                    if (parameter.at("/schema/maximum") instanceof JsonNode most && most.isInt()) {
                        requireOutside(operation, path + (most.asInt() + 1), name);
                    }
                    checked.add(name);
                }));
        assertThat(checked).contains("points", "term", "digits", "width", "height", "pageSize");
    }

    private void requireOutside(Operation operation, String path, String name) {
        Answer answer = get(path);
        assertThat(answer.status()).as("%s %s", operation.id(), path).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).as("%s %s", operation.id(), path)
                .contains("{\"pointer\":\"/" + name + "\",\"detail\":\"must be between ");
    }

    private String endless(String path, String body) {
        return post(path, body).json().get("id").asString();
    }

    /** The example with models that there are. */
    private JsonNode withModels(JsonNode example) {
        JsonNode copy = example.deepCopy();
        if (copy instanceof ObjectNode request && request.has("modelIds")) {
            ArrayNode models = request.putArray("modelIds");
            example.get("modelIds").forEach(_ -> models.add(model()));
        } else if (copy instanceof ObjectNode request && request.has("modelId")) {
            request.put("modelId", model());
        }
        return copy;
    }

    private String model() {
        return post("/v1/trainings", ENDLESS.replace("10000000", "1"), "Prefer", "wait=60").json().get("modelId").asString();
    }

    /** The media types of the answers that there may be, one after the other, or none. */
    private static List<String> accepted(Operation operation) {
        List<String> types = operation.json().get("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> response.getValue().path("content").propertyNames().stream()).distinct().toList();
        return types.isEmpty() ? List.of("") : types;
    }

    /** With ids of what was made before, and the examples of the parameters. */
    private static String path(Operation operation, Map<String, String> ids) {
        String query = operation.parameters("query").filter(parameter -> parameter.has("example"))
                .map(parameter -> parameter.get("name").asString() + "=" + URLEncoder.encode(text(parameter.get("example")),
                        StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        int id = operation.path().indexOf("/{id}");
        return (id < 0 ? operation.path() : operation.path().replace("{id}", ids.get(operation.path().substring(0, id)))
                .replace("{alias}", "champion").replace("{version}", "latest"))
                + (query.isEmpty() ? "" : "?" + query);
    }

    private static String text(JsonNode example) {
        return example.isArray() ? StreamSupport.stream(example.spliterator(), false).map(JsonNode::asString)
                .collect(Collectors.joining(",")) : example.asString();
    }

    private static void requireDescribed(JsonNode document, Operation operation, String accept, Answer answer) {
        String id = operation.id();
        assertThat(answer.status()).as("%s: %s", id, answer.response().body()).isBetween(200, 299);
        JsonNode response = operation.json().at("/responses/" + answer.status());
        assertThat(response.isObject()).as("%s describes %s", id, answer.status()).isTrue();
        assertThat(response.path("headers").propertyNames()).as("headers of %s", id).containsExactlyInAnyOrderElementsOf(
                SPECIFIC_HEADERS.stream().filter(name -> !answer.header(name).isEmpty()).toList());
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        assertThat(response.has("content") ? accept : "").as("content of %s", id).isEqualTo(type);
        if (type.equals("application/json")) {
            JsonNode content = response.at("/content/application~1json");
            assertThat(new PublishedSchemas(document).errors(content.get("schema"), answer.json())).as(id).isEmpty();
        }
    }

    @Test
    void answersHaveTheFieldsAndNumbersOfTheExamples() {
        JsonNode document = document();
        JsonNode model = null;
        for (String path : new String[] {"/v1/networks", "/v1/expressions", "/v1/evaluations", "/v1/datasets",
            "/v1/trainings"}) {
            JsonNode operation = document.get("paths").get(path).get("post");
            Answer answer = post(path, example(operation.at("/requestBody/content/application~1json")).toString(),
                    "Prefer", "wait=60");
            assertThat(answer.status()).as(answer.response().body()).isIn(200, 201);
            assertThat(fields(answer.json())).as(path).isEqualTo(fields(operation.at(
                    "/responses/" + answer.status() + "/content/application~1json/example")));
            model = answer.json().get("modelId");
        }
        for (String path : new String[] {"predictions", "trajectories"}) {
            JsonNode operation = document.get("paths").get("/v1/models/{id}/" + path).get("post");
            Answer answer = post("/v1/models/" + model.asString() + "/" + path,
                    operation.at("/requestBody/content/application~1json/example").toString());
            requireClose(answer.json(), operation.at("/responses/200/content/application~1json/example"));
        }
    }

    /** The same but for rounding, which differs between processors. */
    private static void requireClose(JsonNode actual, JsonNode expected) {
        if (expected.isNumber()) {
            assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(1e-9));
            return;
        }
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        for (int i = 0; i < expected.size() && expected.isArray(); i++) {
            requireClose(actual.get(i), expected.get(i));
        }
        expected.propertyNames().forEach(name -> requireClose(actual.get(name), expected.get(name)));
    }

    @Test
    void everyArchitectureALossOfTermsAndListsHaveExamplesOfTheirOwn() {
        JsonNode paths = document().get("paths");
        assertThat(paths.at("/~1v1~1networks/post/requestBody/content/application~1json/examples").propertyNames())
                .contains("hamiltonian", "lagrangian", "resnet", "sympnet-la", "sympnet-g", "volume-preserving",
                        "generalized-hamiltonian", "layers");
        assertThat(paths.at("/~1v1~1trainings/post/requestBody/content/application~1json/examples").propertyNames())
                .contains("loss-of-terms");
        for (String list : new String[] {"networks", "datasets", "trainings", "models", "sweeps", "ensembles"}) {
            assertThat(paths.at("/~1v1~1" + list + "/get/responses/200/content/application~1json/example/items")).as(list)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, POST, /v1/networks, application/json, '{'",
        "404, GET, /v1/networks/13f9547e-7295-4a9a-8c5e-022531cb4d83, application/json, ''",
        "415, POST, /v1/networks, text/plain, 'x'",
        "422, POST, /v1/networks, application/json, '{\"inputs\": 1, \"layers\": [{\"units\": 0}]}'"
    })
    void problemsAreAsDescribed(int status, String method, String path, String type, String body) {
        JsonNode document = document();
        Answer answer = send(request(path, "Content-Type", type).method(method, BodyPublishers.ofString(body)));
        assertThat(answer.status()).isEqualTo(status);
        Operation operation = operations(document).stream().filter(known -> known.method().equalsIgnoreCase(method)
                && known.path().equals(path.replaceAll("/[0-9a-f-]{36}", "/{id}"))).findFirst().orElseThrow();
        JsonNode problem = document.at(operation.json().at("/responses/" + status + "/$ref").asString().substring(1))
                .at("/content/application~1problem+json");
        assertThat(new PublishedSchemas(document).errors(problem.get("schema"), answer.json())).isEmpty();
        for (String field : new String[] {"type", "title", "status"}) {
            assertThat(answer.json().get(field)).as(field).isEqualTo(problem.get("example").get(field));
        }
    }

    @Test
    void aTrainingThatIsNotWaitedForSaysWhatWasPreferredAndWhenToAskAgain() {
        JsonNode operation = document().at("/paths/~1v1~1trainings/post");
        Answer answer = post("/v1/trainings", example(operation.at("/requestBody/content/application~1json")).toString(),
                "Prefer", "respond-async");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(operation.at("/responses/202/headers").propertyNames())
                .containsExactlyInAnyOrder("Location", "Preference-Applied", "Retry-After")
                .allSatisfy(name -> assertThat(answer.header(name)).as(name).isNotEmpty());
    }

    @Test
    void anUnchangedExpressionIsNotSentAgain() {
        String path = "/v1/networks/" + created("/v1/networks", SEED_NETWORK).get("id").asString() + "/expressions?equation=z";
        Answer first = get(path);
        Answer second = get(path, "If-None-Match", first.header("ETag"));
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.response().body()).isEmpty();
        JsonNode operation = document().at("/paths/~1v1~1networks~1{id}~1expressions/get");
        assertThat(operation.at("/responses/304/headers").propertyNames()).containsExactlyInAnyOrder("ETag", "Cache-Control")
                .allSatisfy(name -> assertThat(second.header(name)).as(name).isNotEmpty());
        assertThat(operation.get("parameters")).anyMatch(parameter -> parameter.get("name").asString().equals("If-None-Match"));
    }

    @Test
    void whatRequestsMayNotHaveDoesNotFitTheirSchemas() {
        JsonNode document = document();
        var schemas = new PublishedSchemas(document);
        JsonNode network = document.at("/paths/~1v1~1networks/post/requestBody/content/application~1json/schema");
        assertThat(schemas.errors(network, JSON.readTree(SEED_NETWORK))).isEmpty();
        assertThat(schemas.errors(network, JSON.readTree(SEED_NETWORK.replace("outputs", "output")))).isNotEmpty();
        assertThat(schemas.errors(network, JSON.readTree(SEED_NETWORK.replace("{\"units\": 1}", "{\"unit\": 1}")))).isNotEmpty();
        JsonNode dataset = document.at("/paths/~1v1~1datasets/post/requestBody/content/application~1json/schema");
        assertThat(schemas.errors(dataset, JSON.readTree(GAUSSIAN))).isEmpty();
        assertThat(schemas.errors(dataset, JSON.readTree(GAUSSIAN.replace("\"exp(-(x^2 + y^2))\"", "1")))).isNotEmpty();
    }

    @Test
    void csvIsStillAcceptedWhereJsonIs() {
        Answer answer = send(request("/v1/datasets?inputs=x&targets=z", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,z\n1,2\n")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(get(answer.header("Location")).json()).isEqualTo(answer.json());
    }

    /** The only example, or the first of several. */
    private static JsonNode example(JsonNode mediaType) {
        return mediaType.has("example") ? mediaType.get("example") : mediaType.at("/examples/example/value");
    }

    private static Set<String> fields(JsonNode object) {
        var fields = new TreeSet<>(object.propertyNames());
        object.forEach(child -> fields.addAll(child.isObject() ? fields(child) : new TreeSet<String>()));
        return fields;
    }
}
