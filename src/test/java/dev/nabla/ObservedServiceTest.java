package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nabla.ServiceProcess.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator can see of a service: meters, traces and logs. */
class ObservedServiceTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRAINING = """
            {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
             "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[0], [1], [2]], "targets": [[0], [1], [2]]},
             "loss": "mse", "batchSize": 2, "epochs": %d, "optimizer": {"type": "gradient-descent", "learningRate": %s}}""";

    @TempDir
    private Path folder;

    @Test
    void metersTracesAndLogsTellWhatTheServiceDoes() {
        try (ServiceProcess service = ServiceProcess.on(folder).with("nabla.trainings.state-interval=1ms",
                "nabla.trainings.max-queued=1000", "logging.structured.format.console=ecs").start()) {
            String trained = service.created("/v1/trainings", TRAINING.formatted(300, "1e-3")).get("id").asString();
            String failed = service.created("/v1/trainings", TRAINING.formatted(3, "1e300")).get("id").asString();
            awaitState(service, trained, "succeeded");
            awaitState(service, failed, "failed");
            Answer refused = service.send(service.request("/v1/networks/none").header("traceparent", "00-" + TRACE
                    + "-b7ad6b7169203331-01").GET());
            assertThat(refused.header("traceresponse")).startsWith("00-" + TRACE + "-").endsWith("-01");
            assertThat(refused.status()).isEqualTo(404);

            assertThat(meter(service, "nabla_training_steps_total")).isGreaterThanOrEqualTo(600).isLessThan(607);
            assertThat(meter(service, "nabla_training_seconds_count{error=\"none\"}")).isEqualTo(2);
            assertThat(meter(service, "nabla_problems_total{type=\"not-found\"}")).isEqualTo(1);
            assertThat(meter(service, "nabla_problems_total{type=\"queue-full\"}")).isZero();
            for (String none : List.of("nabla_trainings_unfinished{state=\"queued\"}", "nabla_trainings_queue_age_seconds",
                    "nabla_trainings_here", "nabla_training_leases_lost_total", "nabla_training_resumptions_total")) {
                assertThat(meter(service, none)).as(none).isZero();
            }

            JsonNode line = service.output().lines().filter(text -> text.contains(failed + " failed: "))
                    .map(text -> JsonMapper.shared().readTree(text)).findFirst().orElseThrow();
            assertThat(line.get("training").asString()).isEqualTo(failed);
            assertThat(line.get("traceId").asString()).matches("[0-9a-f]{32}");
            assertThat(service.output()).doesNotContain("OTLP", ":4318");
        }
    }

    /** Of a training that runs, one that waits and one that was left by a service that was killed. */
    @Test
    void metersTellOfTheQueueAndOfStatesAndOfWhatIsTakenUpAgainAndTracesAreSent() throws IOException {
        ServiceProcess.Setup setup = ServiceProcess.on(folder).with("nabla.trainings.lease=1s",
                "nabla.trainings.state-interval=50ms", "nabla.trainings.max-running=1");
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var collected = new ConcurrentLinkedQueue<String>();
        collector.createContext("/v1/traces", exchange -> {
            collected.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = OperatorsCommands.with("otlp.endpoint").strip().replaceFirst(".* --", "")
                .replace("collector:4318", "127.0.0.1:" + collector.getAddress().getPort());
        try (Closeable _ = () -> collector.stop(0);
                ServiceProcess service = setup.with(endpoint, "management.opentelemetry.tracing.export.schedule-delay=50ms").start()) {
            service.send(service.request("/v1/networks/none").header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01").GET());
            service.await("sends traces", () -> collected.stream().anyMatch(traces -> traces.contains(TRACE)));
            String running = service.created("/v1/trainings", TRAINING.formatted(10_000_000, "1e-6")).get("id").asString();
            awaitState(service, running, "running");
            String waiting = service.created("/v1/trainings", TRAINING.formatted(1, "1e-3")).get("id").asString();
            String paused = service.created("/v1/trainings", TRAINING.formatted(1, "1e-3")).get("id").asString();
            service.created("/v1/trainings/" + paused + "/pause", "");
            service.await("counts what waits", () -> meter(service, "nabla_trainings_unfinished{state=\"queued\"}") == 1
                    && meter(service, "nabla_trainings_unfinished{state=\"running\"}") == 1
                    && meter(service, "nabla_trainings_unfinished{state=\"paused\"}") == 1
                    && meter(service, "nabla_trainings_queue_age_seconds") > 0 && meter(service, "nabla_trainings_here") == 1);
            service.await("writes states", () -> meter(service, "nabla_training_states_seconds_count") > 0);
            assertThat(meter(service, "nabla_training_states_written_bytes_total"))
                    .isGreaterThan(20 * meter(service, "nabla_training_states_seconds_count"));
            service.kill();
            try (ServiceProcess next = service.setup().start()) {
                next.await("takes it up", () -> meter(next, "nabla_training_resumptions_total") == 1);
                next.created("/v1/trainings/" + running + "/cancel", "");
                awaitState(next, waiting, "succeeded");
                next.await("counts again", () -> meter(next, "nabla_trainings_unfinished{state=\"queued\"}") == 0);
            }
        }
    }

    private static double meter(ServiceProcess service, String name) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(service.get("/actuator/prometheus").body());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static void awaitState(ServiceProcess service, String training, String state) {
        service.await("has " + state + " " + training,
                () -> service.get("/v1/trainings/" + training).json().get("state").asString().equals(state));
    }
}
