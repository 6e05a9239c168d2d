package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.documents.Words;
import dev.nabla.storage.TrainingState;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Words that stand in descriptions of parameters and answers, as an annotation cannot ask an enum for its own. */
class DocumentedWordsTest extends HttpTest {

    private JsonNode document() {
        return get("/v3/api-docs").json();
    }

    private static List<String> words(JsonNode schema) {
        return StreamSupport.stream(schema.path("enum").spliterator(), false).map(JsonNode::asString).toList();
    }

    /** That there is nothing with the id does not matter. */
    @Test
    void queriesTakeTheWordsThatTheDocumentSaysAndNoOthers() {
        var checked = new TreeSet<String>();
        document().get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operation.getValue().path("parameters").forEach(parameter -> {
                    List<String> words = words(parameter.path("schema"));
                    if (parameter.get("in").asString().equals("query") && !words.isEmpty()) {
                        String name = parameter.get("name").asString();
                        Answer answer = sent(operation.getKey(), path.getKey().replace("{id}", UUID.randomUUID().toString())
                                + "?" + name + "=none-of-them", operation.getValue());
                        String what = name + " of " + operation.getKey() + " " + path.getKey();
                        assertThat(answer.status()).as(what).isEqualTo(422);
                        assertThat(answer.json().get("errors").toString()).as(what).contains("{\"pointer\":\"/" + name
                                + "\",\"detail\":\"must be one of " + String.join(", ", words) + ", was 'none-of-them'\"}");
                        checked.add(name);
                    }
                })));
        assertThat(checked).contains("form", "format", "state", "kind", "show", "scale", "which", "missing", "delimiter",
                "decimal");
    }

    private Answer sent(String method, String path, JsonNode operation) {
        HttpRequest.Builder request = request(path).method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody());
        operation.path("requestBody").path("content").propertyNames().stream().findFirst()
                .ifPresent(type -> request.header("Content-Type", type));
        return send(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TrainingResponse", "Trial", "SweepResponse"})
    void answersHaveTheStatesThatThereAre(String answer) {
        assertThat(words(document().at("/components/schemas/" + answer + "/properties/state")))
                .containsExactlyElementsOf(Words.of(TrainingState.class).words());
    }
}
