package dev.nabla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceProcess.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten clients for each processor, who ask for all that is known to take much work or memory, for a quarter of a minute, or for
 * {@code -Dcampaign=300} seconds, and meanwhile one who asks whether the service lives.
 */
class OverloadTest {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("campaign", 15));
    private static final Set<Integer> ALLOWED = Set.of(200, 201, 202, 413, 422, 503);
    private static final String NETWORK = "{\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 8}, {\"units\": 1}]}";
    private static final String MANY_INPUTS = "{\"inputs\": " + quoted(64) + ", \"outputs\": [\"y\"], \"layers\": "
            + "[{\"units\": 4}, {\"units\": 1}]}";

    /** A request by what it is called in the message of a failure. */
    private record Request(String name, String path, String type, byte[] body) {

        static Request of(String name, String path, String json) {
            return new Request(name, path, "application/json", json.getBytes(UTF_8));
        }
    }

    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();

    @Test
    void theServiceLivesAndRefusesWhatItCannotDo(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (ServiceProcess service = ServiceProcess.on(folder).with("nabla.max-request-time=5s",
                "server.tomcat.max-keep-alive-requests=-1").withJvm("-Xmx1g", "-XX:-UseSerialGC",
                "-XX:+UseG1GC").start();
                var clients = Executors.newCachedThreadPool()) {
            String model = model(service);
            List<Request> requests = requests(model);
            var end = new CountDownLatch(1);
            Future<Delays> delays = clients.submit(() -> Delays.of(service, end));
            List<Future<?>> running = new ArrayList<>();
            long deadline = System.nanoTime() + TIME.toNanos();
            int count = 10 * Runtime.getRuntime().availableProcessors();
            for (int i = 0; i < count; i++) {
                var random = new SplittableRandom(seed + i);
                running.add(clients.submit(() -> {
                    while (System.nanoTime() < deadline) {
                        ask(service, requests.get(random.nextInt(requests.size())));
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
            end.countDown();
            System.out.println(new TreeMap<>(outcomes) + " " + delays.get() + " peak " + peakMegabytes(service) + " MB");
            assertThat(outcomes.keySet().stream().filter(key -> !ALLOWED.contains(Integer.valueOf(key.split(" ")[1]))))
                    .as(service.output()).isEmpty();
            assertThat(outcomes).containsKeys("network 201", "prediction 200");
            assertThat(delays.get().ofLiveness()).as("milliseconds; what is aimed at is 100 on processors that the clients "
                    + "do not need").isLessThan(2000 + delays.get().ofNobody());
            assertThat(accepted).allSatisfy(path -> assertThat(service.get(path).status()).isEqualTo(200));
            assertThat(service.post("/v1/models/" + model + "/predictions", "{\"inputs\": [[0.5]]}").status()).isEqualTo(200);
            assertThat(peakMegabytes(service)).isLessThan(2600);
        }
    }

    private void ask(ServiceProcess service, Request request) {
        HttpRequest.Builder http = service.request(request.path()).timeout(Duration.ofMinutes(2))
                .header("Content-Type", request.type()).POST(BodyPublishers.ofByteArray(request.body()));
        Answer answer = service.send(http);
        outcomes.computeIfAbsent(request.name() + " " + answer.status(), _ -> new LongAdder()).increment();
        if (answer.status() == 201) {
            accepted.add(answer.header("Location"));
        }
    }

    private static String model(ServiceProcess service) {
        Answer trained = service.post("/v1/trainings", "{\"network\": " + NETWORK + ", \"dataset\": {\"inputs\": [[1]], "
                + "\"targets\": [[1]]}, \"epochs\": 1}", "Prefer", "wait=20");
        assertThat(trained.status()).as(trained.body()).isEqualTo(200);
        return trained.json().get("modelId").asString();
    }

    private static List<Request> requests(String model) {
        String rows = "[" + "0.5,".repeat(63) + "0.5]";
        var prediction = Request.of("prediction", "/v1/models/" + model + "/predictions", "{\"inputs\": [[0.5]]}");
        return List.of(prediction, prediction, prediction, prediction, Request.of("network", "/v1/networks", NETWORK),
                Request.of("derivatives", "/v1/expressions", expressions(NETWORK, "\"D(y" + ",x".repeat(12) + ")\",", 100)),
                Request.of("sines", "/v1/expressions", expressions(NETWORK, "\"" + IntStream.range(0, 250_000)
                        .mapToObj(i -> "sin(" + i + "*x)").collect(Collectors.joining("+")) + "\",", 1)),
                Request.of("hessian", "/v1/evaluations", "{\"network\": " + MANY_INPUTS + ", \"equations\": "
                        + "[\"D(D(y, inputs), inputs)\"], \"parameters\": {\"L1\": {\"W\": [" + (rows + ",").repeat(3) + rows
                        + "], \"b\": [0, 0, 0, 0]}, \"L2\": {\"W\": [[1, 1, 1, 1]], \"b\": [0]}}, \"inputs\": ["
                        + (rows + ",").repeat(1999) + rows + "]}"),
                Request.of("outer", "/v1/evaluations", "{\"network\": {\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": "
                        + "[{\"units\": 4000}, {\"units\": 1}]}, \"equations\": [\"sum(outer(x*L1.b, x*L1.b))\"], "
                        + "\"parameters\": {\"L1\": {\"W\": [" + "[1],".repeat(3999) + "[1]], \"b\": [" + "1,".repeat(3999)
                        + "1]}, \"L2\": {\"W\": [[" + "1,".repeat(3999) + "1]], \"b\": [0]}}, \"inputs\": ["
                        + "[1],".repeat(99_999) + "[1]]}"),
                new Request("csv", "/v1/datasets/csv", "text/csv", ("a,b\n" + "1,2\n".repeat(9_000_000) + "1\n")
                        .getBytes(UTF_8)),
                Request.of("body", "/v1/datasets", "{\"inputs\": [" + "[0],".repeat(15_000_000) + "[0]]}"));
    }

    private static String expressions(String network, String equation, int times) {
        String all = equation.repeat(times);
        return "{\"network\": " + network + ", \"form\": \"array\", \"equations\": [" + all.substring(0, all.length() - 1) + "]}";
    }

    private static String quoted(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "\"a" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** The most memory that the process has had. */
    private static long peakMegabytes(ServiceProcess service) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + service.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM")).mapToLong(line ->
                    Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
        }
    }

    /**
     * How long one in a hundred took at least, in milliseconds: answers of liveness, and to wait for nothing, which tells what
     * the machine itself adds.
     */
    private record Delays(long ofLiveness, long ofNobody) {

        /** By a thread and a connection of its own, which wait for none of the clients. */
        static Delays of(ServiceProcess service, CountDownLatch end) throws InterruptedException, IOException {
            var answers = new ArrayList<Long>();
            var waits = new ArrayList<Long>();
            byte[] request = "GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8);
            byte[] answer = new byte[4096];
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                long before = System.nanoTime();
                while (!end.await(10, TimeUnit.MILLISECONDS)) {
                    long asked = System.nanoTime();
                    waits.add(asked - before - TimeUnit.MILLISECONDS.toNanos(10));
                    socket.getOutputStream().write(request);
                    String status = new String(answer, 0, socket.getInputStream().read(answer), UTF_8);
                    before = System.nanoTime();
                    answers.add(status.startsWith("HTTP/1.1 200") ? before - asked : Long.MAX_VALUE);
                    // What is left of it, if anything.
                    while (!status.endsWith("}") && !status.endsWith("0\r\n\r\n")) {
                        status = new String(answer, 0, socket.getInputStream().read(answer), UTF_8);
                    }
                }
            }
            return new Delays(percentile(answers), percentile(waits));
        }

        private static long percentile(List<Long> nanos) {
            return TimeUnit.NANOSECONDS.toMillis(nanos.stream().sorted().skip(nanos.size() * 99L / 100).findFirst().orElseThrow());
        }
    }
}
