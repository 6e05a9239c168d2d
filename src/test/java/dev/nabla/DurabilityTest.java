package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceProcess.Setup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What was acknowledged is there, however the service ended. {@code -Dcampaign=200} kills it so often on either database.
 */
class DurabilityTest {

    private static final int KILLS = Integer.getInteger("campaign", 1);
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void killsLoseNothingOfTheEmbeddedDatabase() {
        assertThatKillsLoseNothing(ServiceProcess.on(folder).withoutTraining());
    }

    @Test
    void killsLoseNothingOnPostgres() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertThatKillsLoseNothing(ServiceProcess.on(postgres).withoutTraining());
        }
    }

    private static void assertThatKillsLoseNothing(Setup setup) {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServiceProcess service = setup.start();
                    Writers writers = new Writers(service, CLIENTS, acknowledged)) {
                writers.awaitAcknowledged(1);
                LockSupport.parkNanos(random.nextLong(1_000_000_000));
                service.kill();
            }
        }
        try (ServiceProcess service = setup.start()) {
            System.out.printf("%d kills, %d writes acknowledged, seed %d%n", KILLS, acknowledged.size(), seed);
            Writers.assertHas(service, acknowledged);
        }
    }

    @Test
    void whileTheServiceStopsRequestsAreDoneOrSentAway() throws Exception {
        try (ServiceProcess service = ServiceProcess.on(folder).withoutTraining().start();
                Writers writers = new Writers(service, CLIENTS)) {
            writers.awaitAcknowledged(50);
            service.terminate();
            assertThat(service.awaitExit()).as(service.output()).isEqualTo(143);
            writers.stop();
            assertThat(writers.refusals()).allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(503));
            assertThat(service.output()).doesNotContain("Database is already closed", " ERROR ");
            try (ServiceProcess next = service.setup().start()) {
                Writers.assertHas(next, writers.acknowledged());
            }
        }
    }

    @Test
    void aDatabaseOfAnEarlierVersionIsTakenOver() throws IOException {
        try (InputStream earlier = new GZIPInputStream(getClass().getResourceAsStream("/earlier/nabla.mv.db.gz"))) {
            Files.copy(earlier, folder.resolve("nabla.mv.db"));
        }
        try (ServiceProcess service = ServiceProcess.on(folder).withoutTraining().start()) {
            JsonNode training = service.get("/v1/trainings").json().get("items").get(0);
            assertThat(training.get("state").asString()).isEqualTo("succeeded");
            assertThat(service.get("/v1/trainings/" + training.get("id").asString() + "/metrics").json().get("loss").size())
                    .isEqualTo(3);
            assertThat(service.get("/v1/networks/" + training.get("networkId").asString()).json().get("name").asString())
                    .isEqualTo("kept");
            assertThat(service.get("/v1/models/" + training.get("modelId").asString()).status()).isEqualTo(200);
            assertThat(service.get("/v1/datasets/" + training.get("datasetId").asString()).status()).isEqualTo(200);
        }
    }
}
