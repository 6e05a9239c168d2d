package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceProcess.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/**
 * Clients that post networks to a service, one after the other, until they are closed or the service is gone, and remember
 * what was acknowledged. Every network has two tags, which stand in another table.
 */
final class Writers implements AutoCloseable {

    private final ServiceProcess service;
    private final Map<String, JsonNode> acknowledged;
    private final ConcurrentLinkedQueue<Answer> refusals = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<UncheckedIOException> unanswered = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean closed;

    /** @param acknowledged by path, to which they add what they have an answer for */
    Writers(ServiceProcess service, int count, Map<String, JsonNode> acknowledged) {
        this.service = service;
        this.acknowledged = acknowledged;
        for (int client = 0; client < count; client++) {
            clients.add(threads.submit(this::write));
        }
    }

    Writers(ServiceProcess service, int count) {
        this(service, count, new ConcurrentHashMap<>());
    }

    private void write() {
        int number = 0;
        while (!closed) {
            try {
                Answer answer = service.post("/v1/networks", """
                        {"name": "n%d", "tags": ["first", "second"], "inputs": ["x"], "layers": [{"units": 2}]}"""
                        .formatted(number++));
                if (answer.status() == 201) {
                    acknowledged.put(answer.header("Location"), answer.json());
                } else {
                    refusals.add(answer);
                }
            } catch (UncheckedIOException e) {
                unanswered.add(e);
                if (!service.isAlive() || service.isStopping()) {
                    return;
                }
            }
        }
    }

    /** Waits until so many more are acknowledged. */
    void awaitAcknowledged(int more) {
        int enough = acknowledged.size() + more;
        service.await("acknowledges", () -> acknowledged.size() >= enough);
    }

    /** The answers by path. */
    Map<String, JsonNode> acknowledged() {
        return acknowledged;
    }

    /** The answers that were none of 201. */
    List<Answer> refusals() {
        return List.copyOf(refusals);
    }

    /** What ended without an answer. */
    List<UncheckedIOException> unanswered() {
        return List.copyOf(unanswered);
    }

    /** Whether a service has all that was acknowledged, and nothing but whole networks. */
    static void assertHas(ServiceProcess service, Map<String, JsonNode> acknowledged) {
        assertThat(acknowledged).allSatisfy((path, network) -> {
            Answer answer = service.get(path);
            assertThat(answer.status()).as("%s of %d acknowledged", path, acknowledged.size()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(network);
        });
        String token = "";
        do {
            JsonNode page = service.get("/v1/networks?pageSize=100" + token).json();
            page.get("items").forEach(network -> assertThat(network.get("tags").size()).as("%s", network).isEqualTo(2));
            token = page.get("nextPageToken").isNull() ? "" : "&pageToken=" + page.get("nextPageToken").asString();
        } while (!token.isEmpty());
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns when all have an answer. */
    void stop() {
        closed = true;
        try {
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
