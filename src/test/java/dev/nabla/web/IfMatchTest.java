package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** No change is lost of whoever says what he has seen. */
class IfMatchTest extends HttpTest {

    private Answer patch(String path, String name, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"name\": \"" + name + "\"}")));
    }

    private JsonNode trained() {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "layers": [{"units": 1}]}, "epochs": 2,
                 "dataset": {"inputs": [[1]], "targets": [[1]]}}""", "Prefer", "wait=60");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void whatHasTheTagThatWasSeenIsChangedAndWhatHasAnotherIsNot(String encoding) {
        JsonNode training = trained();
        for (String path : List.of("/v1/models/" + training.get("modelId").asString(), "/v1/trainings/" + training.get("id").asString(),
                "/v1/datasets/" + training.get("datasetId").asString(), "/v1/networks/" + training.get("networkId").asString())) {
            String seen = get(path, "Accept-Encoding", encoding).header("ETag");
            assertThat(seen).isNotEmpty();
            Answer changed = patch(path, "first", "If-Match", seen);
            assertThat(changed.status()).as(path + changed.response().body()).isEqualTo(200);
            Answer late = patch(path, "second", "If-Match", seen);
            assertThat(late.status()).as(path).isEqualTo(412);
            assertThat(late.json().get("type").asString()).isEqualTo("/problems/precondition-failed");
            assertThat(get(path).json().get("name").asString()).isEqualTo("first");
            assertThat(send(request(path, "If-Match", seen).DELETE()).status()).isEqualTo(412);
            assertThat(patch(path, "weak", "If-Match", "W/" + get(path).header("ETag")).status()).isEqualTo(412);
            assertThat(patch(path, "third", "If-Match", "\"x\", " + get(path).header("ETag")).status()).isEqualTo(200);
            assertThat(patch(path, "fourth", "If-Match", "*").status()).isEqualTo(200);
            assertThat(send(request(path, "If-Match", get(path, "Accept-Encoding", encoding).header("ETag")).DELETE()).status())
                    .isEqualTo(204);
            assertThat(send(request(path, "If-Match", "*").DELETE()).status()).isEqualTo(404);
        }
    }

    @Test
    void aTrainingThatRunsIsLabelledWithoutATagOrPaused() {
        String path = "/v1/trainings/" + post("/v1/trainings", """
                {"network": {"inputs": ["x"], "layers": [{"units": 1}]}, "epochs": 1000000,
                 "dataset": {"inputs": [[1]], "targets": [[1]]}}""").json().get("id").asString();
        assertThat(patch(path, "running").status()).isEqualTo(200);
        assertThat(post(path + "/pause", "").json().get("state").asString()).isEqualTo("paused");
        assertThat(patch(path, "paused", "If-Match", get(path).header("ETag")).status()).isEqualTo(200);
        assertThat(post(path + "/cancel", "").status()).isEqualTo(200);
    }

    @Test
    void whereNothingIsThereTheTagSaysNothing() {
        assertThat(patch("/v1/networks/" + UUID.randomUUID(), "n", "If-Match", "\"x\"").status()).isEqualTo(404);
    }

    @Test
    void ofTwoAtOnceWhoHaveSeenTheSameOneChangesIt() throws Exception {
        String path = "/v1/networks/" + created("/v1/networks", SEED_NETWORK).get("id").asString();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                String seen = get(path).header("ETag");
                String name = "round " + round + " by ";
                var together = new CyclicBarrier(2);
                List<Future<Integer>> changes = threads.invokeAll(IntStream.range(0, 2).<Callable<Integer>>mapToObj(who -> () -> {
                    together.await();
                    return patch(path, name + who, "If-Match", seen).status();
                }).toList());
                int first = changes.get(0).get();
                assertThat(List.of(first, changes.get(1).get())).containsExactlyInAnyOrder(200, 412);
                assertThat(get(path).json().get("name").asString()).isEqualTo(name + (first == 200 ? 0 : 1));
            }
        }
    }
}
