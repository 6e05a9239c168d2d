package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.NablaApplication;
import dev.nabla.ServiceInThisProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two replicas on one PostgreSQL are one service: its keys and what was answered. */
@ServiceInThisProcess
class TwoReplicasTest {

    private static final String NETWORK = "{\"inputs\": 1, \"layers\": [{\"units\": 1}]}";
    private static final String TRAINING = "{\"network\": " + NETWORK + ", \"epochs\": 1, "
            + "\"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}}";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static EmbeddedPostgres postgres;
    private static final List<ConfigurableApplicationContext> REPLICAS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        REPLICAS.add(replica());
        REPLICAS.add(replica());
    }

    @AfterAll
    static void stop() throws IOException {
        REPLICAS.forEach(ConfigurableApplicationContext::close);
        postgres.close();
    }

    private static ConfigurableApplicationContext replica() {
        return SpringApplication.run(NablaApplication.class, "--server.port=0", "--server.address=127.0.0.1",
                "--nabla.access.bootstrap-key=" + AccessTest.FIRST,
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres");
    }

    private static HttpResponse<String> send(int replica, String method, String path, String key, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + REPLICAS.get(replica).getEnvironment().getProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + key).header("Content-Type", "application/json");
        try {
            return CLIENT.send((headers.length == 0 ? request : request.headers(headers))
                    .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int count(String table) {
        return REPLICAS.getFirst().getBean(JdbcClient.class).sql("select count(*) from " + table).query(Integer.class).single();
    }

    @Test
    void aKeyOfOneOpensTheOtherAndIsRevokedOnBothAtOnce() {
        var created = HttpTest.JSON.readTree(send(0, "POST", "/v1/keys", AccessTest.FIRST, "{\"owner\": \"ada\"}").body());
        String key = created.get("key").asString();
        assertThat(send(1, "GET", "/v1/networks", key, "").statusCode()).isEqualTo(200);
        assertThat(send(0, "DELETE", "/v1/keys/" + created.get("id").asString(), AccessTest.FIRST, "").statusCode()).isEqualTo(204);
        for (int replica = 0; replica < 2; replica++) {
            assertThat(send(replica, "GET", "/v1/networks", key, "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void ofManyRequestsAtBothOneMakesSomethingAndAllAreAnsweredAlike() throws Exception {
        int threads = 8;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 10; round++) {
                int before = count("training");
                String key = UUID.randomUUID().toString();
                var together = new CyclicBarrier(threads);
                List<Future<String>> answers = executor.invokeAll(IntStream.range(0, threads).<Callable<String>>mapToObj(i -> () -> {
                    together.await();
                    HttpResponse<String> answer = send(i % 2, "POST", "/v1/trainings", AccessTest.FIRST, TRAINING, "Idempotency-Key", key);
                    return answer.statusCode() + answer.body();
                }).toList());
                for (Future<String> answer : answers) {
                    assertThat(answer.get()).startsWith("202").isEqualTo(answers.getFirst().get());
                }
                assertThat(count("training")).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void anAnswerIsKnownToAReplicaThatStartsLater() throws IOException {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = send(0, "POST", "/v1/networks", AccessTest.FIRST, NETWORK, "Idempotency-Key", key);
        assertThat(first.statusCode()).isEqualTo(201);
        REPLICAS.set(1, restarted(REPLICAS.get(1)));
        HttpResponse<String> again = send(1, "POST", "/v1/networks", AccessTest.FIRST, NETWORK, "Idempotency-Key", key);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location")).isPresent();
    }

    private static ConfigurableApplicationContext restarted(ConfigurableApplicationContext replica) {
        replica.close();
        return replica();
    }
}
