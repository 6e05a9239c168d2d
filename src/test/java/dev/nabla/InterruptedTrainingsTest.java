package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Services that are killed, stopped or put to sleep while they train: their trainings go on by themselves and end as if nothing
 * had happened, to the last bit. {@code -Dcampaign=100} kills so many times.
 */
class InterruptedTrainingsTest {

    private static final int KILLS = Integer.getInteger("campaign", 2);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String[] HASTE = {"nabla.trainings.lease=2s", "nabla.trainings.state-interval=50ms"};
    private static final String DATA = """
            "network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 8}, {"units": 1, "activation": "identity"}]},
            "dataset": {"grid": {"x": {"from": -1, "to": 1, "step": 0.1}, "y": {"from": -1, "to": 1, "step": 0.1}},
                        "targets": {"z": "exp(-(x^2 + y^2))"}}, "seed": 7,""";
    private static final String POINTS = """
            "loss": {"weights": "%s", "terms": [{"equation": "outputs.z - targets.z"},
              {"equation": "D(outputs.z, x) + 2 * x * outputs.z", "sample": {"points": 50, "resampleEvery": 3,
               "adaptive": "residual", "ranges": {"x": [-1, 1], "y": [-1, 1]}}}]}, "batchSize": 64, "epochs": %d""";

    /** What the trainings come to in one go, whatever service and database did it. */
    private static List<String> uninterrupted = List.of();

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    /** Every optimizer, and every kind of what has a state of its own. */
    private static List<String> trainings() {
        return Stream.of("\"optimizer\": {\"type\": \"adam\"}, \"batchSize\": 10, \"epochs\": 2000",
                "\"optimizer\": {\"type\": \"adamw\"}, \"batchSize\": 10, \"epochs\": 1500, \"validationFraction\": 0.2, "
                        + "\"earlyStopping\": {\"patience\": 1400}, \"metrics\": [\"r2\"]",
                "\"optimizer\": {\"type\": \"momentum\", \"schedule\": {\"type\": \"cosine\"}}, \"batchSize\": 7, \"epochs\": 1000",
                "\"optimizer\": {\"type\": \"gradient-descent\"}, \"batchSize\": 441, \"epochs\": 10000",
                "\"optimizer\": {\"type\": \"lbfgs\"}, \"epochs\": 1500",
                "\"optimizer\": {\"type\": \"gauss-newton\", \"momentum\": 0.1}, \"epochs\": 1000", POINTS.formatted("learned", 150),
                POINTS.formatted("gradient-norm", 150)).map(fields -> "{" + DATA + fields + "}").toList();
    }

    @Test
    void killedOnTheEmbeddedDatabase() {
        ServiceProcess.Setup setup = ServiceProcess.on(folder).with(HASTE);
        List<String> ids = new ArrayList<>();
        try (ServiceProcess service = setup.start()) {
            trainings().forEach(training -> ids.add(submitted(service, training)));
            pause(1500);
            service.kill();
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServiceProcess service = setup.start()) {
                ids.forEach(id -> assertThat(service.get("/v1/trainings/" + id).status()).isEqualTo(200));
                pause(2500);
                service.kill();
            }
        }
        try (ServiceProcess service = setup.start()) {
            assertAsUninterrupted(service, ids);
        }
    }

    /** Without waiting for the ends of leases. */
    @Test
    void toldToEndTheyGoOnAtOnce() {
        ServiceProcess.Setup setup = ServiceProcess.on(folder).with("nabla.trainings.lease=1h");
        List<String> ids = new ArrayList<>();
        try (ServiceProcess service = setup.start()) {
            trainings().forEach(training -> ids.add(submitted(service, training)));
            pause(500);
            service.terminate();
            assertThat(service.awaitExit()).as(service.output()).isIn(0, 143);
            assertThat(service.output()).doesNotContain("goes on when its lease is over", "is not written");
        }
        try (ServiceProcess service = setup.start()) {
            assertAsUninterrupted(service, ids);
        }
    }

    /**
     * One of two replicas is put to sleep for longer than its lease and wakes up, the other is killed meanwhile; a sweep goes
     * over both. Every training ends once.
     */
    @Test
    void replicasTakeOverFromEachOther() throws Exception {
        int jobs = 20 * KILLS;
        String sweep = "{\"training\": {" + DATA + "\"epochs\": 200}, \"values\": {\"/optimizer/learningRate\": [0.01, 0.02]}, "
                + "\"seeds\": 5}";
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            ServiceProcess.Setup setup = ServiceProcess.on(postgres).with(HASTE).with("nabla.trainings.max-queued=" + (jobs + 100));
            try (ServiceProcess first = setup.start(); ServiceProcess second = setup.start()) {
                List<String> ids = new ArrayList<>();
                trainings().forEach(training -> ids.add(submitted(ids.size() % 2 == 0 ? first : second, training)));
                String swept = swept(second, sweep);
                List<String> small = IntStream.range(0, jobs).mapToObj(i -> submitted(i % 2 == 0 ? first : second,
                        "{" + DATA + "\"epochs\": 20}")).toList();
                pause(1000);
                first.pause();
                pause(3000);
                second.kill();
                first.resume();
                int others = assertAsUninterrupted(first, ids);
                List<String> trials = results(first, swept);
                assertThat(trials).hasSize(10).isEqualTo(results(first, swept(first, sweep)));
                String loss = ended(first, small.getFirst()).get("progress").get("loss").toString();
                assertThat(small).allSatisfy(id ->
                        assertThat(ended(first, id).get("progress").get("loss").toString()).isEqualTo(loss));
                assertThat(models(first)).isEqualTo(ids.size() + others + small.size() + 2 * trials.size());
            }
        }
    }

    private static int models(ServiceProcess service) {
        int models = 0;
        String next = "";
        do {
            JsonNode page = service.get("/v1/models?pageSize=1000" + next).json();
            models += page.get("items").size();
            next = page.get("nextPageToken").isNull() ? "" : "&pageToken=" + page.get("nextPageToken").asString();
        } while (!next.isEmpty());
        return models;
    }

    /** Killed in its middle, it goes on by itself to the same models; trials that are to stop do so behind the kill too. */
    @Test
    void sweepsGoOn() {
        ServiceProcess.Setup setup = ServiceProcess.on(folder).with(HASTE);
        String values = "\"values\": {\"/optimizer/learningRate\": [0.01, 0.012, 1e-9, 1e-10]}, \"seeds\": 3";
        String sweep = "{\"training\": {" + DATA + "\"epochs\": 2000, \"batchSize\": 50}, " + values + "}";
        String halved = sweep.replace(values, values + ", \"stop\": {\"halving\": 2}");
        String whole;
        String stopping;
        try (ServiceProcess service = setup.start()) {
            whole = swept(service, sweep);
            stopping = swept(service, halved);
            service.await("has begun " + whole, () -> service.get("/v1/sweeps/" + whole).json().at("/progress/epoch").asInt() > 0);
            pause(3000);
            service.kill();
        }
        try (ServiceProcess service = setup.start()) {
            List<String> interrupted = results(service, whole);
            assertThat(interrupted).hasSize(12).isEqualTo(results(service, swept(service, sweep)));
            assertThat(results(service, stopping)).hasSize(12);
            JsonNode best = service.get("/v1/sweeps/" + stopping).json().get("best");
            assertThat(best.at("/values/~1optimizer~1learningRate").asDouble()).as("seed %d", SEED).isGreaterThan(0.005);
            assertThat(service.get("/v1/sweeps/" + stopping + "/trials").json().get("items").valueStream()
                    .filter(trial -> !trial.get("stopReason").isNull())).as("seed %d", SEED).isNotEmpty();
        }
    }

    private static String swept(ServiceProcess service, String sweep) {
        return service.created("/v1/sweeps", sweep).get("id").asString();
    }

    /** Of all trials, when the sweep has finished, in their order. */
    private static List<String> results(ServiceProcess service, String sweep) {
        service.await("has finished " + sweep, () -> {
            JsonNode progress = service.get("/v1/sweeps/" + sweep).json().get("progress");
            return progress.get("finished").equals(progress.get("trials"));
        });
        return service.get("/v1/sweeps/" + sweep + "/trials").json().get("items").valueStream().map(trial -> trial.get("values") + " "
                + trial.get("seed") + result(service, service.get("/v1/trainings/" + trial.get("trainingId").asString()).json())).toList();
    }

    /** Returns how many trainings it ran for it. */
    private static int assertAsUninterrupted(ServiceProcess service, List<String> ids) {
        List<JsonNode> interrupted = ids.stream().map(id -> ended(service, id)).toList();
        int others = uninterrupted.isEmpty() ? trainings().size() : 0;
        if (others > 0) {
            uninterrupted = trainings().stream().map(training -> submitted(service, training)).toList().stream()
                    .map(id -> result(service, ended(service, id))).toList();
        }
        for (int i = 0; i < ids.size(); i++) {
            assertThat(result(service, interrupted.get(i))).as("training %d, seed %d", i, SEED).isEqualTo(uninterrupted.get(i));
        }
        return others;
    }

    private static String result(ServiceProcess service, JsonNode training) {
        assertThat(training.get("state").asString()).as(training.toString()).isEqualTo("succeeded");
        String model = "/v1/models/" + training.get("modelId").asString();
        return service.get(model + "/parameters").body() + service.get(model).json().get("loss") + training.get("stoppedAtEpoch")
                + service.get("/v1/trainings/" + training.get("id").asString() + "/metrics").body();
    }

    private static String submitted(ServiceProcess service, String training) {
        return service.created("/v1/trainings", training).get("id").asString();
    }

    private static JsonNode ended(ServiceProcess service, String id) {
        JsonNode[] last = new JsonNode[1];
        service.await("has finished " + id, () -> {
            last[0] = service.get("/v1/trainings/" + id).json();
            return !List.of("queued", "running").contains(last[0].get("state").asString());
        });
        return last[0];
    }

    private void pause(int longest) {
        try {
            Thread.sleep(random.nextInt(longest));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
