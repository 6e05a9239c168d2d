package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceInThisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on loopback and a database in memory, seen by a client. */
@ServiceInThisProcess
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {"server.address=127.0.0.1",
    "spring.datasource.url=jdbc:h2:mem:web;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
abstract class HttpTest {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String SEED_NETWORK = """
            {"name": "gaussian", "inputs": ["x", "y"], "outputs": ["z"],
             "layers": [{"units": 3}, {"units": 3}, {"units": 1}]}""";
    static final String GAUSSIAN = """
            {"grid": {"x": {"from": -1, "to": 1, "step": 0.1}, "y": {"from": -1, "to": 1, "step": 0.1}},
             "targets": {"z": "exp(-(x^2 + y^2))"}}""";

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer: its status, its headers, its body as text and, where it is JSON, as that. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    int port() {
        return port;
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    JsonNode created(String path, String json) {
        Answer answer = post(path, json);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(path + "/" + answer.json().get("id").asString());
        assertThat(get(answer.header("Location")).json()).isEqualTo(answer.json());
        return answer.json();
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
