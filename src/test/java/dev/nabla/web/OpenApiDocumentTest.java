package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentTest extends HttpTest {

    private static final Path CHECKED_IN = Path.of("openapi", "openapi.yaml");

    /** {@code ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.write=true} writes the document anew. */
    @Test
    void theCheckedInDocumentIsThatOfTheService() throws IOException {
        String document = get("/v3/api-docs.yaml").response().body();
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, document);
        }
        assertThat(document).as("write openapi/openapi.yaml anew with -Dopenapi.write=true")
                .isEqualTo(Files.readString(CHECKED_IN));
    }

    @Test
    void everyOperationHasAnIdASummaryAndExamples() {
        JsonNode document = get("/v3/api-docs").json();
        assertThat(document.get("openapi").asString()).startsWith("3.1");
        var ids = new TreeSet<String>();
        document.get("paths").forEach(path -> path.forEach(operation -> {
            String id = operation.get("operationId").asString();
            assertThat(ids.add(id)).as(id).isTrue();
            assertThat(operation.get("summary").asString()).as(id).isNotEmpty();
            JsonNode body = operation.at("/requestBody/content/application~1json");
            assertThat(body.isMissingNode() || body.has("example") || body.has("examples"))
                    .as("request example of " + id).isTrue();
            operation.get("responses").properties().forEach(response -> {
                JsonNode json = response.getValue().at("/content/application~1json");
                assertThat(json.isMissingNode() || json.has("example")).as("response example of " + id).isTrue();
                assertThat(json.at("/example/title").isMissingNode()).as("no problem as the example of " + id).isTrue();
            });
        }));
        assertThat(ids).contains("createNetwork", "printExpressions", "evaluate", "createDataset", "createTraining",
                "followTraining", "predict", "followTrajectories");
    }

    @Test
    void requestExamplesWorkAndAnswerWhatTheResponseExamplesShow() {
        JsonNode document = get("/v3/api-docs").json();
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
        JsonNode predict = document.get("paths").get("/v1/models/{id}/predictions").get("post");
        Answer answer = post("/v1/models/" + model.asString() + "/predictions",
                predict.at("/requestBody/content/application~1json/example").toString());
        requireClose(answer.json(), predict.at("/responses/200/content/application~1json/example"));
        JsonNode follow = document.get("paths").get("/v1/models/{id}/trajectories").get("post");
        answer = post("/v1/models/" + model.asString() + "/trajectories",
                follow.at("/requestBody/content/application~1json/example").toString());
        requireClose(answer.json(), follow.at("/responses/200/content/application~1json/example"));
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
    void everyArchitectureAndALossOfTermsHaveExamplesThatWork() {
        JsonNode paths = get("/v3/api-docs").json().get("paths");
        JsonNode networks = paths.at("/~1v1~1networks/post/requestBody/content/application~1json/examples");
        assertThat(networks.propertyNames()).contains("hamiltonian", "lagrangian", "resnet", "sympnet-la", "sympnet-g",
                "volume-preserving", "generalized-hamiltonian", "layers");
        networks.forEach(example -> created("/v1/networks", example.get("value").toString()));
        JsonNode terms = paths.at("/~1v1~1trainings/post/requestBody/content/application~1json/examples/loss-of-terms/value");
        Answer answer = post("/v1/trainings", terms.toString(), "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
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
