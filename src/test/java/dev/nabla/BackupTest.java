package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceProcess.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A copy of the embedded database, made while it is written to, is one to go on with. */
class BackupTest {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=health,backup";

    @TempDir
    private Path folder;

    @TempDir
    private Path restored;

    @Test
    void whatWasAcknowledgedBeforeIsInTheCopyAndTheServiceGoesOn() throws IOException {
        Map<String, JsonNode> before;
        Path copy;
        try (ServiceProcess service = ServiceProcess.on(folder).with(EXPOSED).withoutTraining().start();
                Writers writers = new Writers(service, 4)) {
            writers.awaitAcknowledged(50);
            before = Map.copyOf(writers.acknowledged());
            JsonNode backup = JsonMapper.shared().readTree(output("bash", "-c", OperatorsCommands.with("/actuator/backup")
                    .replace("localhost:9090", "127.0.0.1:" + service.port())));
            copy = Path.of(backup.get("file").asString());
            assertThat(Files.size(copy)).isEqualTo(backup.get("bytes").asLong()).isPositive();
            assertThat(copy.getParent()).isEqualTo(folder.resolve("backups")).isDirectoryNotContaining("glob:**.unfinished");
            writers.awaitAcknowledged(50);
            writers.stop();
            assertThat(writers.refusals()).isEmpty();
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(copy))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, restored.resolve(entry.getName()));
            }
        }
        assertThat(restored).isDirectoryContaining("glob:**/nabla.mv.db");
        try (ServiceProcess service = ServiceProcess.on(restored).withoutTraining().start()) {
            Writers.assertHas(service, before);
            assertThat(service.post("/actuator/backup", "").status()).as("not exposed unless asked for").isEqualTo(404);
        }
    }

    private static String output(String... command) throws IOException {
        InstalledTools.require("bash and curl are", "bash", "-c", "curl --version");
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void ofPostgresThereIsNoneToAskFor() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                ServiceProcess service = ServiceProcess.on(postgres).with(EXPOSED).withoutTraining().start()) {
            Answer answer = service.post("/actuator/backup", "");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("pg_dump");
        }
    }
}
