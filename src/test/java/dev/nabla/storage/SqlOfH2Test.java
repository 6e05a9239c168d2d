package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.NablaApplication;
import dev.nabla.ServiceInThisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ServiceInThisProcess
@ExtendWith(OutputCaptureExtension.class)
class SqlOfH2Test {

    @Test
    void anH2WithoutOneOfTheSettingsIsRefusedByName() {
        for (String without : SqlOfH2.NEEDED) {
            List<String> others = new ArrayList<>(SqlOfH2.NEEDED);
            others.remove(without);
            assertThatThrownBy(() -> SqlOfH2.require(opened(String.join(";", others)))).isInstanceOf(UnfitDatabaseException.class)
                    .hasMessageContaining("without " + without + ", by which");
        }
        SqlOfH2.require(opened("MODE=postgresql;DATABASE_TO_LOWER=true;DEFAULT_NULL_ORDERING=HIGH"));
    }

    private static JdbcDataSource opened(String settings) {
        var database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";" + settings);
        return database;
    }

    @Test
    void theServiceDoesNotStartOnOneAndTellsWhatToWrite(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(NablaApplication.class, "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())).hasRootCauseInstanceOf(UnfitDatabaseException.class);
        assertThat(output).contains("APPLICATION FAILED TO START",
                ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH behind its address in NABLA_DATABASE_URL");
    }
}
