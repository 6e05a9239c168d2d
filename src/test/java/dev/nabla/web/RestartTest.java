package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.NablaApplication;
import dev.nabla.documents.DocumentReader;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.trainings.Submissions;
import dev.nabla.web.trainings.TrainingEvents;
import dev.nabla.web.trainings.TrainingRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JsonParser;

/** The service on a database in a file, stopped and started again. */
class RestartTest {

    @TempDir
    private Path folder;

    @Test
    void aRestartLosesNothingAndWhatWasRunningHasFailed() {
        UUID finished;
        UUID stopped;
        UUID waiting;
        try (ConfigurableApplicationContext service = start()) {
            finished = submit(service, 2);
            StoredTraining training = awaitEnd(service, finished);
            assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
            stopped = submit(service, 1_000_000);
            while (trainings(service).find(stopped).orElseThrow().progress().epoch() == 0) {
                Thread.onSpinWait();
            }
            waiting = submit(service, 1);
        }
        try (ConfigurableApplicationContext service = start()) {
            StoredTraining training = trainings(service).find(finished).orElseThrow();
            assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
            assertThat(trainings(service).losses(finished)).hasSize(2);
            Subjects.Subject model = service.getBean(Subjects.class)
                    .model(training.modelId().orElseThrow()).orElseThrow();
            assertThat(model.parameters().orElseThrow()).hasSize(25);
            StoredTraining failed = trainings(service).find(stopped).orElseThrow();
            assertThat(failed.state()).isEqualTo(TrainingState.FAILED);
            assertThat(failed.error().orElseThrow()).matches("the service was stopped in epoch \\d+");
            assertThat(awaitEnd(service, waiting).state()).isEqualTo(TrainingState.SUCCEEDED);
        }
    }

    @Test
    void aTrainingWhoseServiceIsGoneFails() {
        try (ConfigurableApplicationContext service = start()) {
            UUID queued = submit(service, 1);
            StoredTraining template = awaitEnd(service, queued);
            UUID orphan = trainings(service).insert(template.networkId(), template.datasetId(), template.labels(),
                    template.settings(), "auto", Beginning.DRAWN);
            trainings(service).start(orphan);
            service.getBean(JdbcClient.class).sql("""
                    insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                        last_heartbeat, version)
                    values ('training', ?, ?, true, 'a service that is gone', ?, 1)""")
                    .params(orphan.toString(), OffsetDateTime.now(ZoneOffset.UTC).minusHours(1),
                            OffsetDateTime.now(ZoneOffset.UTC).minusHours(1))
                    .update();
            StoredTraining failed = awaitEnd(service, orphan);
            assertThat(failed.state()).isEqualTo(TrainingState.FAILED);
            assertThat(failed.error()).contains("the service that ran this training stopped without finishing it");
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(NablaApplication.class).properties("server.port=0",
                "server.address=127.0.0.1", "spring.datasource.url=jdbc:h2:file:" + folder.resolve("nabla")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH").run();
    }

    private static UUID submit(ConfigurableApplicationContext service, int epochs) {
        JsonParser request = HttpTest.JSON.createParser("""
                {"network": %s, "dataset": %s, "epochs": %d}""".formatted(HttpTest.SEED_NETWORK, HttpTest.GAUSSIAN, epochs));
        request.nextToken();
        return service.getBean(Submissions.class)
                .submit(DocumentReader.read(request, TrainingRequest.class));
    }

    private static StoredTraining awaitEnd(ConfigurableApplicationContext service, UUID id) {
        return service.getBean(TrainingEvents.class).awaitEnd(id, Duration.ofSeconds(60));
    }

    private static Trainings trainings(ConfigurableApplicationContext service) {
        return service.getBean(Trainings.class);
    }
}
