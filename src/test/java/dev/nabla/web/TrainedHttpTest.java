package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Trainings over HTTP that are awaited. */
abstract class TrainedHttpTest extends HttpTest {

    static final String DECAY = """
            {"inputs": ["t"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 2}, {"units": 1}]}},
             "coefficients": {"rate": {"initial": 0.5, "min": 0, "max": 3}, "k": {"initial": [1, 2], "trainable": false},
                              "m": {"initial": [[0, 0]]}},
             "outputs": {"u": "exp(-rate * t) + 0 * N(t) + m[1,1] + m[1,2] * t"}}}""";
    static final String DATA = """
            {"inputNames": ["t"], "targetNames": ["u"], "inputs": [[0], [0.5], [1], [2]],
             "targets": [[1], [0.36787944117144233], [0.1353352832366127], [0.01831563888873418]]}""";

    Answer train(String fields) {
        return train(DECAY, DATA, fields);
    }

    Answer train(String network, String data, String fields) {
        return post("/v1/trainings", "{\"network\": " + network + ", \"dataset\": " + data + ", \"seed\": 7, " + fields + "}",
                "Prefer", "wait=60");
    }

    JsonNode trained(String fields) {
        return succeeded(train(fields));
    }

    JsonNode goOn(String fields) {
        return succeeded(post("/v1/trainings", "{" + fields + "}", "Prefer", "wait=60"));
    }

    static JsonNode succeeded(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    JsonNode parameters(JsonNode training) {
        return get("/v1/models/" + training.get("modelId").asString() + "/parameters").json();
    }

    /** Rows in natural units: x from 1 million up in steps of 1000, y = 3e9 + 2e4 x. */
    static String wideData(int rows) {
        return "{\"inputNames\": [\"x\", \"c\"], \"targetNames\": [\"y\"], \"inputs\": [" + IntStream.range(0, rows)
                .mapToObj(i -> "[" + (1_000_000 + 1000 * i) + ", 7]").collect(Collectors.joining(", "))
                + "], \"targets\": [" + IntStream.range(0, rows).mapToObj(i -> "[" + (3e9 + 2e4 * 1000 * i) + "]")
                        .collect(Collectors.joining(", ")) + "]}";
    }

    static String network(String normalization) {
        return "{\"inputs\": [\"x\", \"c\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 5}, {\"units\": 1, "
                + "\"activation\": \"identity\"}]" + normalization + "}";
    }
}
