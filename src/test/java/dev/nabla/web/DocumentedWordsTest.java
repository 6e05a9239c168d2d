package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.documents.Words;
import dev.nabla.storage.TrainingState;
import java.util.List;
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
        document().get("paths").properties().forEach(path -> path.getValue().path("get").path("parameters").forEach(parameter -> {
            List<String> words = words(parameter.path("schema"));
            if (parameter.get("in").asString().equals("query") && !words.isEmpty()) {
                String name = parameter.get("name").asString();
                Answer answer = get(path.getKey().replace("{id}", UUID.randomUUID().toString()) + "?" + name + "=none-of-them");
                assertThat(answer.status()).as("%s of %s", name, path.getKey()).isEqualTo(422);
                assertThat(answer.json().get("errors").toString()).as("%s of %s", name, path.getKey()).contains(
                        "{\"pointer\":\"/" + name + "\",\"detail\":\"must be one of " + String.join(", ", words) + ", was 'none-of-them'\"}");
                checked.add(name);
            }
        }));
        assertThat(checked).contains("form", "format", "state", "kind", "show", "scale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TrainingResponse", "Trial", "SweepResponse"})
    void answersHaveTheStatesThatThereAre(String answer) {
        assertThat(words(document().at("/components/schemas/" + answer + "/properties/state")))
                .containsExactlyElementsOf(Words.of(TrainingState.class).words());
    }
}
