package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.storage.Lease;
import dev.nabla.storage.TrainingLeases;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** A service that leaves trainings to others, so that they wait. */
@TestPropertySource(properties = {"nabla.trainings.max-running=0",
    "spring.datasource.url=jdbc:h2:mem:order;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class QueueOrderTest extends HttpTest {

    @Autowired
    private TrainingLeases leases;

    @Autowired
    private JdbcClient sql;

    /** Many epochs, many rows and many parameters make a training long. */
    @Test
    void whatIsShortIsTakenUpBeforeWhatIsLongThoughItIsPostedLast() {
        post(10_000_000, 1, 1);
        post(10_000, 10_000, 1);
        post(10_000, 10, 4_000);
        String brief = post(1_000, 10, 1);
        assertThat(leases.take(UUID.randomUUID(), 4, Duration.ofSeconds(10))).hasSize(4).first().extracting(Lease::training)
                .hasToString(brief);
        end(brief, 1_000);
        String longer = continued(brief, 10_000_000);
        String shorter = continued(brief, 1_010);
        assertThat(leases.take(UUID.randomUUID(), 2, Duration.ofSeconds(10))).extracting(Lease::training)
                .extracting(UUID::toString).containsExactly(shorter, longer);
    }

    private void end(String training, int epochs) {
        sql.sql("update training set state = 'SUCCEEDED', epoch = ? where id = cast(? as uuid)").params(epochs, training).update();
        sql.sql("insert into training_state (training_id, state) values (cast(? as uuid), ?)").params(training, new byte[8]).update();
    }

    private String continued(String training, int epochs) {
        return accepted("{\"continue\": \"" + training + "\", \"epochs\": " + epochs + "}");
    }

    private String post(int epochs, int rows, int units) {
        return accepted("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": %d}, {"units": 1}]}, "epochs": %d,
                 "dataset": {"inputs": [%s[0]], "targets": [%s[1]]}}""".formatted(units, epochs, "[0],".repeat(rows - 1),
                "[1],".repeat(rows - 1)));
    }

    private String accepted(String training) {
        Answer answer = post("/v1/trainings", training);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json().at("/id").asString();
    }
}
