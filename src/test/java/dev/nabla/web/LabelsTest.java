package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Names and tags, and lists of only some. */
class LabelsTest extends HttpTest {

    private static final String TINY = "\"inputs\": 1, \"layers\": [{\"units\": 1}]";

    @Test
    void networksAreListedByNameAndTag() {
        String first = network("a \\\"b\\\" é", "\"red\", \"green\"");
        String second = network("other", "\"red\"");
        assertThat(ids("/v1/networks?name=a%20%22b%22%20%C3%A9")).containsExactly(first);
        assertThat(ids("/v1/networks?tag=red")).containsExactly(second, first);
        assertThat(ids("/v1/networks?tag=green")).containsExactly(first);
        assertThat(ids("/v1/networks?tag=red&name=other")).containsExactly(second);
        assertThat(ids("/v1/networks?tag=re")).isEmpty();
        assertThat(ids("/v1/networks?tag=red&withoutTag=green")).containsExactly(second);
        assertThat(ids("/v1/networks?withoutTag=red")).doesNotContain(first, second);
        assertThat(ids("/v1/networks?tag=red&withoutTag=re")).containsExactly(second, first);
        assertThat(ids("/v1/networks?name=")).isEmpty();
        assertThat(get("/v1/networks/" + first).json().get("tags").toString()).isEqualTo("[\"green\",\"red\"]");
        delete("/v1/networks/" + first);
        assertThat(ids("/v1/networks?tag=red")).containsExactly(second);
    }

    @Test
    void datasetsAreListedByNameAndTagHoweverTheyCame() {
        JsonNode rows = created("/v1/datasets", """
                {"name": "rows", "tags": ["data"], "inputs": [[1]], "targets": [[2]]}""");
        assertThat(rows.get("name").asString()).isEqualTo("rows");
        Answer csv = send(request("/v1/datasets?inputs=x&targets=y&name=csv&tags=data,file", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,y\n1,2\n")));
        assertThat(csv.json().get("tags").toString()).isEqualTo("[\"data\",\"file\"]");
        assertThat(ids("/v1/datasets?tag=data")).containsExactly(id(csv.json()), id(rows));
        assertThat(ids("/v1/datasets?tag=file&name=csv")).containsExactly(id(csv.json()));
    }

    @Test
    void trainingsAreListedByStateAndWhatTheyAreOfAndModelsHaveTheirLabels() {
        JsonNode first = trained("\"name\": \"one\", \"tags\": [\"t\", \"s\"], ", "tiny");
        JsonNode second = trained("\"tags\": [\"t\"], ", "small");
        assertThat(first.get("name").asString()).isEqualTo("one");
        assertThat(first.get("tags").toString()).isEqualTo("[\"s\",\"t\"]");
        String trainings = "/v1/trainings?tag=t";
        assertThat(ids(trainings)).containsExactly(id(second), id(first));
        assertThat(ids(trainings + "&state=succeeded")).containsExactly(id(second), id(first));
        assertThat(ids(trainings + "&state=failed")).isEmpty();
        assertThat(ids("/v1/trainings?name=one")).containsExactly(id(first));
        assertThat(ids("/v1/trainings?networkId=" + first.get("networkId").asString())).containsExactly(id(first));
        assertThat(ids("/v1/trainings?datasetId=" + second.get("datasetId").asString())).containsExactly(id(second));
        assertThat(ids("/v1/datasets?name=tiny")).containsExactly(first.get("datasetId").asString());
        assertThat(ids("/v1/networks?tag=inline")).contains(first.get("networkId").asString());

        String model = first.get("modelId").asString();
        assertThat(get("/v1/models/" + model).json().get("name").asString()).isEqualTo("one");
        assertThat(get("/v1/models/" + model).json().get("tags").toString()).isEqualTo("[\"s\",\"t\"]");
        assertThat(ids("/v1/models?trainingId=" + id(first))).containsExactly(model);
        assertThat(ids("/v1/models?networkId=" + first.get("networkId").asString())).containsExactly(model);
        assertThat(ids("/v1/models?tag=t")).containsExactly(second.get("modelId").asString(), model);
        assertThat(ids("/v1/models?name=one&tag=s")).containsExactly(model);
        assertThat(ids("/v1/models?name=one&tag=x")).isEmpty();
        assertThat(ids("/v1/models?trainingId=" + model)).isEmpty();
    }

    @Test
    void aTrainingIsListedForTheDatasetsOfItsTermsToo() {
        String other = id(created("/v1/datasets", "{\"inputs\": [[1]], \"inputNames\": [\"x1\"]}"));
        JsonNode training = post("/v1/trainings", """
                {"network": {%s}, "dataset": {"inputs": [[1]]}, "epochs": 1,
                 "loss": {"terms": [{"equation": "y1", "dataset": "%s"}]}}""".formatted(TINY, other), "Prefer", "wait=60").json();
        assertThat(ids("/v1/trainings?datasetId=" + other)).containsExactly(id(training));
    }

    @Test
    void pagesOfAFilteredListGoOnWhereTheyStoppedWhateverIsAdded() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            wanted.addFirst(network("n" + i, "\"paged\""));
            network("n" + i, "\"between\"");
        }
        List<String> listed = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = get("/v1/networks?tag=paged&pageSize=2" + token).json();
            page.get("items").forEach(item -> listed.add(id(item)));
            network("later", "\"paged\"");
            token = page.get("nextPageToken").isNull() ? "" : "&pageToken=" + page.get("nextPageToken").asString();
        } while (!token.isEmpty());
        assertThat(listed).isEqualTo(wanted);
    }

    @Test
    void aTokenGoesOnWithItsOwnListOnly() {
        network("n", "\"own\"");
        network("n", "\"own\"");
        String token = "&pageToken="
                + get("/v1/networks?tag=own&pageSize=1").json().get("nextPageToken").asString();
        assertThat(get("/v1/networks?tag=own" + token).status()).isEqualTo(200);
        for (String other : List.of("/v1/networks?tag=other", "/v1/networks?pageSize=1", "/v1/models?tag=own")) {
            assertThat(get(other + token).json().get("errors").get(0).get("pointer").asString()).isEqualTo("/pageToken");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/trainings?state=done&networkId=x&datasetId=1-1-1-1-1 | [{\"pointer\":\"/state\",\"detail\":\"must be one of "
                + "queued, running, paused, succeeded, failed, cancelled, was 'done'\"},{\"pointer\":\"/networkId\",\"detail\":\"must be an "
                + "id, which is a UUID\"},{\"pointer\":\"/datasetId\",\"detail\":\"must be an id, which is a UUID\"}]",
        "/v1/models?name=%00&tag=a%00 | [{\"pointer\":\"/name\",\"detail\":\"must have no control characters\"},"
                + "{\"pointer\":\"/tag\",\"detail\":\"must have no control characters\"}]"
    })
    void aFilterThatNothingCanPassIsRefused(String path, String errors) {
        assertThat(get(path).json().get("errors").toString()).isEqualTo(errors);
    }

    @Test
    void aNameIsCountedInCharactersHoweverLongTheyAre() {
        String name = "😀".repeat(200);
        String tag = "😀".repeat(64);
        String network = network(name, "\"" + tag + "\"");
        assertThat(ids("/v1/networks?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8))).containsExactly(network);
        assertThat(get("/v1/networks/" + network).json().get("name").asString()).isEqualTo(name);
    }

    @Test
    void everythingWrongWithLabelsIsNamed() {
        String labels = "\"name\": \"" + "n".repeat(201) + "\", \"tags\": [\"\", \"a\", \"a\", \"b,c\", \"" + "t".repeat(65)
                + "\"]";
        String errors = """
                [{"pointer":"%1$s/name","detail":"must have at most 200 characters, had 201"},\
                {"pointer":"%1$s/tags/0","detail":"must have between 1 and 64 characters, had 0"},\
                {"pointer":"%1$s/tags/2","detail":"must not be 'a', as another tag is"},\
                {"pointer":"%1$s/tags/3","detail":"must have no commas and no control characters"},\
                {"pointer":"%1$s/tags/4","detail":"must have between 1 and 64 characters, had 65"}]""";
        assertThat(errors("/v1/networks", "{" + TINY + ", " + labels + "}")).isEqualTo(sorted(errors.formatted("")));
        assertThat(errors("/v1/datasets", "{\"inputs\": [[1]], " + labels + "}")).isEqualTo(sorted(errors.formatted("")));
        String training = "{\"network\": {%s}, \"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]%s}%s}";
        assertThat(errors("/v1/trainings", training.formatted(TINY, "", ", " + labels))).isEqualTo(sorted(errors.formatted("")));
        assertThat(errors("/v1/trainings", training.formatted(TINY, ", " + labels, "")))
                .isEqualTo(sorted(errors.formatted("/dataset")));
        assertThat(errors("/v1/trainings", training.formatted(TINY + ", " + labels, "", "")))
                .isEqualTo(sorted(errors.formatted("/network")));
        assertThat(errors("/v1/networks", "{" + TINY + ", \"tags\": [" + "\"a\",".repeat(32) + "\"a\"]}"))
                .contains("{\"pointer\":\"/tags\",\"detail\":\"must have at most 32 items, had 33\"}");
    }

    private List<String> errors(String path, String json) {
        Answer answer = post(path, json);
        assertThat(answer.status()).isEqualTo(422);
        return sorted(answer.json().get("errors").toString());
    }

    /** Errors by their pointers. */
    private static List<String> sorted(String errors) {
        return JSON.readTree(errors).valueStream().map(JsonNode::toString).sorted().toList();
    }

    private JsonNode trained(String labels, String dataset) {
        Answer answer = post("/v1/trainings", """
                {%s"network": {%s, "tags": ["inline"]}, "dataset": {"name": "%s", "inputs": [[1]], "targets": [[1]]},
                 "epochs": 1}""".formatted(labels, TINY, dataset), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(answer.header("Retry-After")).isEmpty();
        return answer.json();
    }

    @Test
    void whoeverDoesNotWaitIsToldWhenToLookAgain() {
        String request = """
                {"network": {%s}, "dataset": {"inputs": [[1]], "targets": [[1]]}, "epochs": 1}""".formatted(TINY);
        Answer answer = post("/v1/trainings", request, "Prefer", "respond-async, handling=lenient");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(post("/v1/trainings", request).header("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"networks", "datasets", "trainings", "models"})
    void namesAndTagsAreChanged(String kind) {
        JsonNode training = trained("\"name\": \"old " + kind + "\", \"tags\": [\"a\", \"b\"], ", "old");
        String path = "/v1/" + kind + "/" + switch (kind) {
            case "networks" -> training.get("networkId").asString();
            case "datasets" -> training.get("datasetId").asString();
            case "trainings" -> id(training);
            default -> training.get("modelId").asString();
        };
        String before = get(path).header("ETag");
        Answer changed = patch(path, "application/merge-patch+json", "{\"name\": \"new\", \"tags\": [\"y\", \"x\"]}");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(labels(changed)).isEqualTo("\"new\" [\"x\",\"y\"]");
        Answer after = get(path, "If-None-Match", before);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json()).isEqualTo(changed.json());
        assertThat(ids("/v1/" + kind + "?name=new&tag=x")).contains(path.substring(path.lastIndexOf('/') + 1));
        assertThat(ids("/v1/" + kind + "?name=old%20" + kind)).isEmpty();

        assertThat(labels(patch(path, "application/json", "{}"))).isEqualTo("\"new\" [\"x\",\"y\"]");
        assertThat(labels(patch(path, "application/json", "{\"name\": null}"))).isEqualTo("null [\"x\",\"y\"]");
        assertThat(labels(patch(path, "application/json", "{\"name\": \"c\", \"tags\": null}"))).isEqualTo("\"c\" []");
        assertThat(labels(patch(path, "application/json", "{\"tags\": [\"z\"]}"))).isEqualTo("\"c\" [\"z\"]");

        Answer refused = patch(path, "application/json", "{\"name\": 1, \"tags\": [\"a\", \"a\"], \"id\": \"x\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(sorted(refused.json().get("errors").toString())).containsExactly(
                "{\"pointer\":\"/id\",\"detail\":\"is not a field here; known are name, tags\"}",
                "{\"pointer\":\"/name\",\"detail\":\"must be a string\"}",
                "{\"pointer\":\"/tags/1\",\"detail\":\"must not be 'a', as another tag is\"}");
        assertThat(labels(get(path))).isEqualTo("\"c\" [\"z\"]");
        assertThat(patch("/v1/" + kind + "/" + UUID.randomUUID(), "application/json", "{}").status()).isEqualTo(404);
        Answer unsupported = patch(path, "application/json-patch+json", "[]");
        assertThat(unsupported.status()).isEqualTo(415);
        assertThat(unsupported.header("Accept-Patch")).contains("application/merge-patch+json");
    }

    private Answer patch(String path, String type, String json) {
        return send(request(path, "Content-Type", type).method("PATCH", BodyPublishers.ofString(json)));
    }

    private static String labels(Answer answer) {
        return answer.json().get("name") + " " + answer.json().get("tags");
    }

    private String network(String name, String tags) {
        return id(created("/v1/networks", "{\"name\": \"" + name + "\", \"tags\": [" + tags + "], " + TINY + "}"));
    }

    private List<String> ids(String list) {
        Answer answer = get(list);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json().get("items").forEach(item -> ids.add(id(item)));
        return ids;
    }

    private static String id(JsonNode stored) {
        return stored.get("id").asString();
    }
}
