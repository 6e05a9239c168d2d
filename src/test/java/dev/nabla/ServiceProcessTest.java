package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that other tests start is the service, and signals reach it. */
class ServiceProcessTest {

    @Test
    void theServiceIsPausedGoesOnAndEnds(@TempDir Path folder) {
        try (ServiceProcess service = ServiceProcess.on(folder).start()) {
            String id = service.created("/v1/networks", "{\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}").get("id").asString();
            service.pause();
            assertThatThrownBy(() -> service.send(service.request("/v1/networks/" + id).timeout(Duration.ofSeconds(1))))
                    .isInstanceOf(UncheckedIOException.class).hasCauseInstanceOf(HttpTimeoutException.class);
            service.resume();
            assertThat(service.get("/v1/networks/" + id).status()).isEqualTo(200);
            service.terminate();
            assertThat(service.awaitExit()).isEqualTo(143);
            assertThat(service.isAlive()).isFalse();
            assertThat(folder).isDirectoryContaining("glob:**/nabla.mv.db");
        }
    }

    @Test
    void whatItPrintedIsToldWhereItDoesNotStart(@TempDir Path folder) {
        assertThatThrownBy(() -> ServiceProcess.on(folder).with("nabla.max-print-size=0").start())
                .isInstanceOf(AssertionError.class).hasMessageContaining("nabla.max-print-size must be");
    }
}
