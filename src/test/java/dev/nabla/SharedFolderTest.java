package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services cannot have one folder. */
class SharedFolderTest {

    @Test
    void theSecondSaysSoInALineAndTheFirstGoesOn(@TempDir Path folder) {
        try (ServiceProcess first = ServiceProcess.on(folder).withoutTraining().start()) {
            assertThatThrownBy(() -> ServiceProcess.on(folder).withoutTraining().start()).isInstanceOf(AssertionError.class)
                    .message().contains("APPLICATION FAILED TO START", folder.toString(), "another process")
                    .doesNotContain("\tat ", "Caused by");
            assertThat(first.get("/v1/networks").status()).isEqualTo(200);
        }
    }
}
