package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is sent compressed, and what is not sent again. */
class EntityTagTest extends HttpTest {

    private static final List<String> ACCEPTED = List.of("application/json", "text/csv");

    @Test
    void whatNeverChangesHasAStrongTagThatIsTheHashOfTheBytesSent() {
        for (String path : unchanging()) {
            for (String type : path.endsWith("/data") ? ACCEPTED : ACCEPTED.subList(0, 1)) {
                HttpResponse<byte[]> plain = bytes(path, "Accept", type);
                HttpResponse<byte[]> compressed = bytes(path, "Accept", type, "Accept-Encoding", "br;q=1, gzip;q=0.5");
                assertThat(plain.statusCode()).as(path).isEqualTo(200);
                assertThat(header(plain, "ETag")).as(path).isEqualTo(hash(plain.body()));
                assertThat(header(plain, "Vary")).as(path).isEqualTo("Accept-Encoding");
                assertThat(header(compressed, "Content-Encoding")).as(path).isEqualTo("gzip");
                assertThat(header(compressed, "ETag")).as(path).isEqualTo(hash(compressed.body()))
                        .isNotEqualTo(header(plain, "ETag"));
                assertThat(header(compressed, "Content-Length")).isEqualTo(String.valueOf(compressed.body().length));
                assertThat(unzipped(compressed.body())).as(path).isEqualTo(plain.body());
                assertNotSentAgain(path, type, plain, "identity");
                assertNotSentAgain(path, type, compressed, "gzip");
                assertThat(bytes(path, "Accept", type, "If-None-Match", header(compressed, "ETag")).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private void assertNotSentAgain(String path, String type, HttpResponse<byte[]> known, String encoding) {
        for (String tag : List.of(header(known, "ETag"), "\"x\", W/" + header(known, "ETag"), "*")) {
            HttpResponse<byte[]> again = bytes(path, "Accept", type, "Accept-Encoding", encoding, "If-None-Match", tag);
            assertThat(again.statusCode()).as(path + " " + tag).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(header(known, "ETag"));
            assertThat(header(again, "Cache-Control")).isEqualTo(header(known, "Cache-Control")).isNotEmpty();
        }
        for (String other : List.of("\"x\"", "nonsense", "\"", "")) {
            assertThat(bytes(path, "Accept", type, "Accept-Encoding", encoding, "If-None-Match", other).body())
                    .isEqualTo(known.body());
        }
    }

    /** One of every kind. */
    private List<String> unchanging() {
        Answer answer = post("/v1/trainings", """
                {"network": %s, "dataset": %s, "epochs": 2, "seed": 1}""".formatted(SEED_NETWORK, GAUSSIAN), "Prefer", "wait=60");
        JsonNode training = answer.json();
        String network = "/v1/networks/" + training.get("networkId").asString();
        String dataset = "/v1/datasets/" + training.get("datasetId").asString();
        String model = "/v1/models/" + training.get("modelId").asString();
        String trained = "/v1/trainings/" + training.get("id").asString();
        return List.of(network, network + "/expressions?equation=D(z,x)", dataset, dataset + "/data", model,
                model + "/parameters", model + "/parameters?which=last", trained, trained + "/metrics",
                trained + "/parameters");
    }

    @Test
    void aBodyThatIsLargerThanWhatIsKeptInMemoryIsSentToo() {
        String dataset = created("/v1/datasets", """
                {"grid": {"x": {"from": 0, "to": 1, "step": 1e-5}}, "targets": {"z": "sin(x)"}}""").get("id").asString();
        HttpResponse<byte[]> plain = bytes("/v1/datasets/" + dataset + "/data");
        assertThat(plain.body()).hasSizeGreaterThan(2 << 20);
        assertThat(header(plain, "ETag")).isEqualTo(hash(plain.body()));
        assertThat(bytes("/v1/datasets/" + dataset + "/data", "If-None-Match", header(plain, "ETag")).statusCode())
                .isEqualTo(304);
        assertThat(unzipped(bytes("/v1/datasets/" + dataset + "/data", "Accept-Encoding", "gzip").body()))
                .isEqualTo(plain.body());
    }

    @Test
    void headHasTheTagOfGetAndNoBody() throws IOException, InterruptedException {
        String path = "/v1/networks/" + created("/v1/networks", SEED_NETWORK).get("id").asString();
        HttpResponse<byte[]> head = HttpClient.newHttpClient().send(request(path).HEAD().build(), BodyHandlers.ofByteArray());
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(bytes(path), "ETag"));
    }

    @Test
    void largeAnswersThatAreNoResourcesAreCompressedToo() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request("/v1/expressions", "Content-Type",
                "application/json", "Accept-Encoding", "gzip").POST(BodyPublishers.ofString("""
                        {"network": %s, "equations": ["D(D(z, x), L1.W)"]}""".formatted(SEED_NETWORK))).build(),
                BodyHandlers.ofByteArray());
        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new String(unzipped(answer.body()), StandardCharsets.UTF_8)).startsWith("{\"results\"");
        HttpResponse<byte[]> problem = HttpClient.newHttpClient().send(request("/v1/networks", "Content-Type",
                "application/json", "Accept-Encoding", "gzip").POST(BodyPublishers.ofString(
                        "{\"inputs\": [" + "1,".repeat(59) + "1]}")).build(), BodyHandlers.ofByteArray());
        assertThat(problem.statusCode()).isEqualTo(422);
        assertThat(header(problem, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new String(unzipped(problem.body()), StandardCharsets.UTF_8)).contains("and 11 more");
    }

    @Test
    void problemsAndStreamsOfEventsHaveNoTag() {
        HttpResponse<byte[]> missing = bytes("/v1/networks/x", "Accept-Encoding", "gzip", "If-None-Match", "*");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(header(missing, "ETag")).isEmpty();
        String training = post("/v1/trainings", """
                {"network": %s, "dataset": %s, "epochs": 1, "seed": 1}""".formatted(SEED_NETWORK, GAUSSIAN))
                .header("Location");
        HttpResponse<byte[]> events = bytes(training + "/events", "Accept-Encoding", "gzip");
        assertThat(new String(events.body(), StandardCharsets.UTF_8)).contains("event:finished");
        assertThat(header(events, "ETag")).isEmpty();
        assertThat(header(events, "Content-Encoding")).isEmpty();
    }

    private HttpResponse<byte[]> bytes(String path, String... headers) {
        try {
            return HttpClient.newHttpClient().send(request(path, headers).GET().build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String hash(byte[] bytes) {
        return "\"" + Hashing.sha256().hashBytes(bytes) + "\"";
    }

    private static byte[] unzipped(byte[] bytes) {
        try (var unzipping = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return ByteStreams.toByteArray(unzipping);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
