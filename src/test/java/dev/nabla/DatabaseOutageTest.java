package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceProcess.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is stopped and started again beneath the service. {@code -Dcampaign=40} leaves it away for so many seconds. */
class DatabaseOutageTest {

    private static final long SECONDS = Integer.getInteger("campaign", 3);

    @TempDir
    private Path folder;

    @Test
    void requestsAreToldToComeBackAndAllGoesOnByItself() throws IOException {
        EmbeddedPostgres postgres = start(0);
        try (ServiceProcess service = ServiceProcess.on(postgres).withoutTraining().start();
                Writers writers = new Writers(service, 4)) {
            writers.awaitAcknowledged(20);
            service.await("is ready", () -> service.get("/actuator/health/readiness").status() == 200);
            // At once: those of the pool are dead then, and nobody knows.
            postgres.close();
            postgres = start(postgres.getPort());
            writers.awaitAcknowledged(20);

            postgres.close();
            service.await("is not ready", () -> service.get("/actuator/health/readiness").status() == 503);
            List<Answer> away = List.of(service.get("/v1/trainings"), service.get("/v1/models?name=x"),
                    service.delete("/v1/networks/13f9547e-7295-4a9a-8c5e-022531cb4d83"), service.post("/v1/expressions", """
                            {"modelId": "13f9547e-7295-4a9a-8c5e-022531cb4d83", "equations": ["x"]}"""));
            assertThat(away).allSatisfy(DatabaseOutageTest::isToldToComeBack);
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            LockSupport.parkNanos(SECONDS * 1_000_000_000);
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            postgres = start(postgres.getPort());
            writers.awaitAcknowledged(20);
            service.await("is ready", () -> service.get("/actuator/health/readiness").status() == 200);
            writers.stop();

            assertThat(writers.unanswered()).isEmpty();
            assertThat(writers.refusals()).isNotEmpty().allSatisfy(DatabaseOutageTest::isToldToComeBack);
            Writers.assertHas(service, writers.acknowledged());
        } finally {
            postgres.close();
        }
    }

    private static void isToldToComeBack(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/database-unavailable");
    }

    /** @param port that of the one before it, on whose data it goes on, or 0 */
    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false);
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }
}
