package dev.nabla;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service as an operator has it: a process of its own on loopback, that signals reach and that can die.
 *
 * <pre>{@code
 * try (ServiceProcess service = ServiceProcess.on(folder).start()) {
 *     String network = service.created("/v1/networks", json).get("id").asString();
 *     service.kill();
 *     try (ServiceProcess next = service.setup().start()) {
 *         assertThat(next.get("/v1/networks/" + network).status()).isEqualTo(200);
 *     }
 * }
 * }</pre>
 *
 * <p>Closing it kills it, and so does the end of the JVM that started it.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Setup setup;
    private final Process process;
    private final Path log;
    private final Thread atTheEnd;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).build();
    private final int port;
    private volatile boolean stopping;

    private ServiceProcess(Setup setup) {
        this.setup = setup;
        try {
            log = Files.createTempFile("nabla", ".log");
            ProcessBuilder builder = new ProcessBuilder(setup.command()).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(NABLA|SPRING|SERVER|MANAGEMENT)_.*"));
            builder.environment().putAll(setup.environment());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        atTheEnd = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            port = awaitPort();
            if (setup.ready()) {
                await("is ready", () -> get("/actuator/health/readiness").status() == 200);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Where and how to start it; immutable, every method returns another. */
    public record Setup(Map<String, String> environment, List<String> properties, List<String> options, boolean ready) {

        /** With properties of Spring's, as {@code "nabla.trainings.max-queued=3"}. */
        public Setup with(String... more) {
            return new Setup(environment, concat(properties, List.of(more)), options, ready);
        }

        /** With options of the JVM, as {@code "-Xmx1g"}. */
        public Setup withJvm(String... more) {
            return new Setup(environment, properties, concat(options, List.of(more)), ready);
        }

        /**
         * For tests that train nothing: with a fifth of the work, as no kernel is compiled to vectors, and {@link #start}
         * returns when the service listens. It is ready some time later.
         */
        public Setup withoutTraining() {
            var fewer = new ArrayList<>(options);
            fewer.removeAll(VectorModule.OPTIONS);
            return new Setup(environment, properties, concat(fewer, List.of("-XX:TieredStopAtLevel=1")), false);
        }

        /** Starts the service and waits until it is ready. */
        public ServiceProcess start() {
            return new ServiceProcess(this);
        }

        private List<String> command() {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), NablaApplication.class.getName(),
                    "--server.address=127.0.0.1", "--server.port=0"));
            properties.forEach(property -> command.add("--" + property));
            return command;
        }

        private static List<String> concat(List<String> some, List<String> more) {
            var all = new ArrayList<>(some);
            all.addAll(more);
            return List.copyOf(all);
        }
    }

    /** On the embedded database, which is in this folder. */
    public static Setup on(Path folder) {
        return setup(Map.of("NABLA_DATA", folder.toString()));
    }

    /** On a PostgreSQL. */
    public static Setup on(EmbeddedPostgres postgres) {
        return setup(Map.of("NABLA_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "NABLA_DATABASE_USER", "postgres"));
    }

    private static Setup setup(Map<String, String> environment) {
        // Starts sooner, and leaves the processor to what is tested.
        return new Setup(Map.copyOf(environment), List.of("nabla.rehearsal.time=0s"), Setup.concat(VectorModule.OPTIONS, List.of("-XX:+UseSerialGC")), true);
    }

    /** What it was started with, to start another on the same database. */
    public Setup setup() {
        return setup;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has been asked to end. */
    public boolean isStopping() {
        return stopping;
    }

    /** All that it has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a machine that loses its power does (SIGKILL). */
    public void kill() {
        stopping = true;
        process.destroyForcibly();
        awaitExit();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        stopping = true;
        process.destroy();
    }

    /** Waits until it has ended. */
    public int awaitExit() {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw failure("does not end", null);
    }

    /** Lets it do nothing any more, without telling it (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause} (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start().waitFor();
            if (code != 0) {
                throw failure("could not be sent SIG" + name, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer: its status, its headers, its body as text and, where it is JSON, as that. */
    public record Answer(int status, HttpHeaders headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** Empty where there is no such header. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json, String... headers) {
        HttpRequest.Builder request = headers.length == 0 ? request(path) : request(path).headers(headers);
        return send(request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Posts what must be accepted, and returns the answer. */
    public JsonNode created(String path, String json) {
        Answer answer = post(path, json);
        if (answer.status() / 100 != 2) {
            throw failure("answered " + answer.status() + " to " + path + ": " + answer.body(), null);
        }
        return answer.json();
    }

    /** A request to this service that is given up after half a minute. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    /** @throws UncheckedIOException if no whole answer comes: what was asked for may have been done or not */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What may come to be true; it may fail until then, as where nobody answers. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Waits until something holds.
     *
     * @param what should hold, as "is ready", for the message
     * @throws AssertionError with what the service has printed, if it ends meanwhile or within minutes nothing comes
     */
    public void await(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            try {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw failure("ended with " + process.exitValue() + " before it " + what, last);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw failure("never " + what, last);
    }

    private int awaitPort() {
        Matcher[] found = new Matcher[1];
        await("listens", () -> {
            found[0] = PORT.matcher(output());
            return found[0].find();
        });
        return Integer.parseInt(found[0].group(1));
    }

    private AssertionError failure(String what, Exception cause) {
        return new AssertionError("the service " + what + "; it printed\n" + output(), cause);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
