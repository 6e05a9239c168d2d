package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.NablaApplication;
import dev.nabla.ServiceInThisProcess;
import dev.nabla.documents.DocumentReader;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.trainings.Submissions;
import dev.nabla.web.trainings.TrainingEvents;
import dev.nabla.web.trainings.TrainingRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.JsonParser;

/** The service on a database in a file, stopped and started again. */
@ServiceInThisProcess
class RestartTest {

    @TempDir
    private Path folder;

    @Test
    void aRestartLosesNothingAndWhatWasRunningGoesOn() {
        UUID finished;
        UUID stopped;
        UUID waiting;
        try (ConfigurableApplicationContext service = start()) {
            finished = submit(service, 2);
            StoredTraining training = awaitEnd(service, finished);
            assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
            stopped = submit(service, 2_000);
            while (trainings(service).find(stopped).orElseThrow().progress().epoch() == 0) {
                Thread.onSpinWait();
            }
            waiting = submit(service, 1);
        }
        try (ConfigurableApplicationContext service = start()) {
            StoredTraining training = trainings(service).find(finished).orElseThrow();
            assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
            assertThat(trainings(service).losses(finished)).hasSize(2);
            assertThat(parameters(service, training)).hasSize(25);
            StoredTraining goneOn = awaitEnd(service, stopped);
            assertThat(goneOn.state()).isEqualTo(TrainingState.SUCCEEDED);
            assertThat(awaitEnd(service, waiting).state()).isEqualTo(TrainingState.SUCCEEDED);
            StoredTraining whole = awaitEnd(service, submit(service, 2_000));
            assertThat(trainings(service).losses(stopped)).isEqualTo(trainings(service).losses(whole.id()));
            assertThat(parameters(service, goneOn)).isEqualTo(parameters(service, whole));
        }
    }

    private static double[] parameters(ConfigurableApplicationContext service, StoredTraining training) {
        return service.getBean(Subjects.class).model(training.modelId().orElseThrow()).orElseThrow().parameters().orElseThrow();
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(NablaApplication.class).properties("server.port=0",
                "server.address=127.0.0.1", "spring.datasource.url=jdbc:h2:file:" + folder.resolve("nabla")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH").run();
    }

    private static UUID submit(ConfigurableApplicationContext service, int epochs) {
        JsonParser request = HttpTest.JSON.createParser("""
                {"network": %s, "dataset": %s, "epochs": %d, "seed": 1}""".formatted(HttpTest.SEED_NETWORK, HttpTest.GAUSSIAN, epochs));
        request.nextToken();
        return service.getBean(Submissions.class)
                .submit(DocumentReader.read(request, TrainingRequest.class));
    }

    private static StoredTraining awaitEnd(ConfigurableApplicationContext service, UUID id) {
        return service.getBean(TrainingEvents.class).await(id, Duration.ofSeconds(60), TrainingState::isFinished);
    }

    private static Trainings trainings(ConfigurableApplicationContext service) {
        return service.getBean(Trainings.class);
    }
}
