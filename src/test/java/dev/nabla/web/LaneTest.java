package dev.nabla.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.web.limits.AnswersAtOnce;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A service that computes one request at a time, lets one wait and is patient with both. */
@TestPropertySource(properties = {"nabla.computing-threads=1", "nabla.max-waiting-requests=1", "nabla.max-request-time=10m",
    "nabla.max-request-work=1h", "spring.datasource.url=jdbc:h2:mem:lane;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH"})
class LaneTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 2}, {"units": 1}]}""";
    private static final String SHORT = "{\"network\": " + NETWORK + ", \"equations\": [\"D(y, x)\"]}";
    /** Minutes of work. */
    private static final String LONG = "{\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1e-7}}, \"targets\": {\"y\": \""
            + IntStream.range(0, 4000).mapToObj(i -> "erf(x+" + i + ")").collect(Collectors.joining("+")) + "\"}}";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping handlers;

    @Test
    void allOperationsTakeTheirTurnButThoseThatOnlyReadOrChangeAFewRows() {
        assertThat(operations().filter(method -> method.hasMethodAnnotation(AnswersAtOnce.class)).map(LaneTest::id))
                .containsExactlyInAnyOrder("getNetwork", "updateNetwork", "deleteNetwork", "getDataset", "updateDataset",
                        "deleteDataset", "getModel", "updateModel", "deleteModel", "getTraining", "followTraining",
                        "cancelTraining", "pauseTraining", "resumeTraining", "updateTraining", "deleteTraining", "getSweep",
                        "followSweep", "cancelSweep", "updateSweep", "deleteSweep", "getEnsemble", "updateEnsemble", "deleteEnsemble",
                        "setModelAlias", "deleteModelAlias", "getInferenceServer", "getInferenceServerLive", "getInferenceServerReady",
                        "getInferenceModel", "getInferenceModelReady", "getInferenceModelVersion", "getInferenceModelVersionReady");
        assertThat(operations().count()).isGreaterThan(20);
    }

    private Stream<HandlerMethod> operations() {
        return handlers.getHandlerMethods().values().stream().filter(method -> method.hasMethodAnnotation(Operation.class));
    }

    private static String id(HandlerMethod method) {
        return method.getMethodAnnotation(Operation.class).operationId();
    }

    @Test
    void whatComputesWaitsOrIsRefusedAndEverythingElseIsAnswered() throws Exception {
        String network = created("/v1/networks", NETWORK).get("id").asString();
        var clients = new ArrayList<Socket>();
        try {
            // One is computed, one waits, and the next is refused.
            do {
                assertThat(clients).hasSizeLessThan(10);
                Socket client = connect();
                clients.add(client);
                send(client, "/v1/datasets", LONG, LONG.length());
            } while (!isRefused(clients.getLast()));
            Answer refused = post("/v1/expressions", SHORT);
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(refused.json().get("type").asString()).isEqualTo("/problems/busy");
            assertThat(computing()).hasSizeGreaterThan(20).allSatisfy(this::isToldThatItIsBusy);
            assertThat(get("/v1/networks/" + network).status()).isEqualTo(200);
            assertThat(get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(post("/v1/trainings/" + network + "/cancel", "").status()).isEqualTo(404);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        // Nobody waits for what would take minutes, and it is not gone on with.
        assertThat(shortOnce()).isEqualTo(200);
    }

    /** Operations that take a turn, with what they are asked by. */
    private List<Map.Entry<RequestMappingInfo, HandlerMethod>> computing() {
        return handlers.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().hasMethodAnnotation(Operation.class)
                && !entry.getValue().hasMethodAnnotation(AnswersAtOnce.class)
                && !entry.getValue().getBeanType().isAnnotationPresent(AnswersAtOnce.class)).toList();
    }

    private void isToldThatItIsBusy(Map.Entry<RequestMappingInfo, HandlerMethod> operation) {
        RequestMappingInfo asked = operation.getKey();
        String path = asked.getPatternValues().iterator().next().replaceAll("\\{[^}]*}", "4711");
        HttpRequest.Builder request = request(path);
        asked.getConsumesCondition().getConsumableMediaTypes().stream().findFirst()
                .ifPresent(type -> request.header("Content-Type", type.toString()));
        asked.getProducesCondition().getProducibleMediaTypes().stream().findFirst()
                .ifPresent(type -> request.header("Accept", type.toString()));
        String method = asked.getMethodsCondition().getMethods().iterator().next().name();
        Answer answer = send(request.method(method, BodyPublishers.noBody()));
        assertThat(answer.status()).as("%s: %s", asked, answer.response().body()).isEqualTo(503);
        if (path.startsWith("/v2/")) {
            assertThat(answer.json().get("error").asString()).isNotEmpty();
        } else {
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/busy");
        }
    }

    private static boolean isRefused(Socket client) throws IOException {
        client.setSoTimeout(1000);
        try {
            return new String(client.getInputStream().readNBytes(12), UTF_8).equals("HTTP/1.1 503");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The status of the short request when it is not refused any more. */
    private int shortOnce() {
        int status = post("/v1/expressions", SHORT).status();
        while (status == 503) {
            status = post("/v1/expressions", SHORT).status();
        }
        return status;
    }

    @Test
    void aSlowSenderHoldsNoWorker() throws Exception {
        try (Socket client = connect()) {
            send(client, "/v1/expressions", SHORT, 20);
            assertThat(shortOnce()).isEqualTo(200);
            client.getOutputStream().write(SHORT.substring(20).getBytes(UTF_8));
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200").endsWith("}");
        }
    }

    @Test
    void aReaderWhoDoesNotReadHoldsNoWorker() throws Exception {
        String rows = "{\"network\": " + NETWORK + ", \"equations\": [\"x\"], \"parameters\": {\"L1\": {\"W\": [[1], [1]], "
                + "\"b\": [0, 0]}, \"L2\": {\"W\": [[1, 1]], \"b\": [0]}}, \"inputs\": [" + "[0.12345678901234567],"
                .repeat(400_000) + "[0]]}";
        try (Socket client = connect()) {
            send(client, "/v1/evaluations", rows, rows.length());
            assertThat(shortOnce()).isEqualTo(200);
            String answer = new String(client.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer.substring(0, 400)).startsWith("HTTP/1.1 200");
            assertThat(answer).hasSizeGreaterThan(7_000_000).endsWith("}");
        }
    }

    @Test
    void whoWaitsForATrainingHoldsNoWorker() {
        CompletableFuture<Answer> waits = CompletableFuture.supplyAsync(() -> post("/v1/trainings", "{\"network\": " + NETWORK
                + ", \"dataset\": {\"inputs\": [[1], [2]], \"targets\": [[1], [2]]}, \"epochs\": 1000000}", "Prefer", "wait=60"));
        Answer trainings = get("/v1/trainings?state=running");
        while (trainings.status() == 503 || trainings.json().get("items").isEmpty()) {
            assertThat(waits).isNotDone();
            trainings = get("/v1/trainings?state=running");
        }
        assertThat(shortOnce()).isEqualTo(200);
        // Another who would wait too is told at once where to look.
        Answer accepted = post("/v1/trainings", "{\"network\": " + NETWORK + ", \"dataset\": {\"inputs\": [[1], [2]], "
                + "\"targets\": [[1], [2]]}, \"epochs\": 1000000}", "Prefer", "wait=60");
        assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEmpty();
        assertThat(accepted.header("Location")).endsWith(accepted.json().get("id").asString());
        assertThat(get("/actuator/prometheus").response().body()).contains("nabla_requests_aside 1.0", "nabla_requests_waiting 0.0");
        post(accepted.header("Location") + "/cancel", "");
        assertThat(waits).isNotDone();
        post("/v1/trainings/" + trainings.json().at("/items/0/id").asString() + "/cancel", "");
        assertThat(waits.join().json().get("state").asString()).isEqualTo("cancelled");
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    private static void send(Socket client, String path, String json, int now) throws IOException {
        OutputStream stream = client.getOutputStream();
        stream.write(String.join("\r\n", List.of("POST " + path + " HTTP/1.1", "Host: localhost", "Connection: close",
                "Content-Type: application/json", "Content-Length: " + json.length(), "", "")).getBytes(UTF_8));
        stream.write(json.substring(0, now).getBytes(UTF_8));
        stream.flush();
    }
}
