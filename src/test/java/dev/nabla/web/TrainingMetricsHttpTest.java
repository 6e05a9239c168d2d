package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The metrics of many epochs, by some of them. */
class TrainingMetricsHttpTest extends HttpTest {

    private String trained() {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": ["t"], "architecture": {"type": "equations", "coefficients": {"k": {"initial": 0}},
                   "outputs": {"u": "exp(-k * t)"}}},
                 "dataset": {"inputNames": ["t"], "targetNames": ["v"], "inputs": [[0], [1], [2], [3]], "targets": [[1], [0.4], [0.1], [0]]},
                 "loss": {"terms": [{"equation": "u - v"}, {"equation": "D(u, t) + u", "weight": 0.1}], "weights": "gradient-norm"},
                 "epochs": 300, "batchSize": 2, "seed": 1, "validationFraction": 0.25, "optimizer": {"learningRate": 0.02}}""",
                "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return "/v1/trainings/" + answer.json().get("id").asString() + "/metrics";
    }

    @Test
    void fewPointsAreTheNumbersOfTheirEpochsAndWhatSticksOutIsAmongThem() {
        String metrics = trained();
        JsonNode all = get(metrics).json();
        JsonNode some = get(metrics + "?points=60").json();
        assertThat(all.has("epochs")).isFalse();
        List<Integer> epochs = some.get("epochs").valueStream().map(JsonNode::asInt).toList();
        assertThat(epochs).isSorted().hasSizeBetween(5, 60).contains(1, 300);
        List<String> lines = List.of("/loss", "/validationLoss", "/terms/0/loss", "/terms/1/loss", "/terms/0/multipliers",
                "/terms/1/multipliers", "/coefficients/k");
        assertThat(lines).allSatisfy(line -> {
            double[] whole = numbers(all.at(line));
            assertThat(whole).hasSize(300);
            assertThat(numbers(some.at(line))).containsExactly(epochs.stream().mapToDouble(epoch -> whole[epoch - 1]).toArray());
            assertThat(epochs).contains(epochOf(whole, true), epochOf(whole, false));
        });
        assertThat(get(metrics + "?points=300").json().get("loss")).isEqualTo(all.get("loss"));
        assertThat(get(metrics + "?points=300").json().get("epochs")).hasSize(300);
    }

    @Test
    void pointsAreANumberInBounds() {
        String metrics = trained();
        assertThat(Stream.of("9", "1000001", "-1", "many", "")).allSatisfy(points -> assertThat(
                get(metrics + "?points=" + points).json().at("/errors/0/pointer").asString()).isEqualTo("/points"));
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    /** The first one in which a line is least, or greatest. */
    private static int epochOf(double[] line, boolean least) {
        return 1 + IntStream.range(0, line.length).boxed()
                .reduce((a, b) -> least ? line[b] < line[a] ? b : a : line[b] > line[a] ? b : a).orElseThrow();
    }
}
