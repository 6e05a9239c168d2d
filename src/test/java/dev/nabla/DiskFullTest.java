package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The disk fills up while a training writes its states. Needs the right to mount a file system in memory. */
class DiskFullTest {

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString()) == 0,
                "NOT TESTED: what a full disk does, as this user may mount nothing");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void trainingsWaitForRoomAndNothingIsDamaged() throws IOException {
        Path ballast = disk.resolve("ballast");
        String kept;
        String written;
        try (ServiceProcess service = ServiceProcess.on(disk).with("nabla.trainings.state-interval=20ms",
                "nabla.trainings.lease=5s").start()) {
            kept = submitted(service, 3);
            awaitState(service, kept, "succeeded");
            String id = submitted(service, 600);
            awaitState(service, id, "running");
            fill(ballast);
            service.await("says that it cannot write", () -> service.post("/v1/networks", """
                    {"inputs": ["x"], "layers": [{"units": 500}]}""").status() == 503);
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            LockSupport.parkNanos(2_000_000_000);
            Files.delete(ballast);
            service.await("writes again", () -> service.post("/v1/networks", """
                    {"inputs": ["x"], "layers": [{"units": 2}]}""").status() == 201);
            awaitState(service, id, "succeeded");
            written = result(service, id);
            String whole = submitted(service, 600);
            awaitState(service, whole, "succeeded");
            assertThat(written).isEqualTo(result(service, whole));
            service.terminate();
            service.awaitExit();
        }
        try (ServiceProcess service = ServiceProcess.on(disk).withoutTraining().start()) {
            assertThat(service.get("/v1/trainings/" + kept + "/metrics").json().get("loss")).hasSize(3);
            assertThat(service.get("/v1/trainings?pageSize=100").json().get("items")).hasSize(3);
        }
    }

    private static void fill(Path ballast) {
        try (OutputStream file = Files.newOutputStream(ballast)) {
            while (true) {
                file.write(new byte[512]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static String submitted(ServiceProcess service, int epochs) {
        return service.created("/v1/trainings", """
                {"network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 32}, {"units": 32}, {"units": 1}]},
                 "dataset": {"grid": {"x": {"from": -1, "to": 1, "step": 0.1}, "y": {"from": -1, "to": 1, "step": 0.1}},
                             "targets": {"z": "exp(-(x^2 + y^2))"}}, "batchSize": 10, "epochs": %d, "seed": 7}""".formatted(epochs)).get("id").asString();
    }

    private static String result(ServiceProcess service, String id) {
        JsonNode training = service.get("/v1/trainings/" + id).json();
        return service.get("/v1/models/" + training.get("modelId").asString() + "/parameters").body()
                + service.get("/v1/trainings/" + id + "/metrics").body();
    }

    private static void awaitState(ServiceProcess service, String id, String state) {
        service.await("has " + state + " " + id,
                () -> service.get("/v1/trainings/" + id).json().get("state").asString().equals(state));
    }
}
