package dev.nabla.web.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceInThisProcess;
import dev.nabla.storage.Owner;
import dev.nabla.storage.Trainings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceInThisProcess
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {"server.address=127.0.0.1",
    "spring.datasource.url=jdbc:h2:mem:rehearsal;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class RehearsalTest {

    @Autowired
    private Rehearsal rehearsal;

    @Autowired
    private JdbcClient sql;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Trainings trainings;

    @Test
    void nothingIsRefusedAndNothingIsLeft() {
        Map<String, Long> rows = rows();
        Map<String, Double> counts = counts();
        rehearsal.round(3);
        assertThat(rows()).isEqualTo(rows).containsKeys("network", "dataset", "training", "training_losses", "model");
        assertThat(List.of(rows.get("network"), rows.get("model"))).as("what the rehearsal of the start left").containsOnly(0L);
        assertThat(counts()).isEqualTo(counts).containsEntry("nabla.training.steps", 0.0);
        assertThat(meters.get("cache.size").tag("cache", "programs").gauge().value()).as("programs kept").isZero();
        assertThat(Owner.LOCAL.<Integer, RuntimeException>call(trainings::queued)).isZero();
    }

    private Map<String, Long> rows() {
        return sql.sql("select table_name from information_schema.tables where table_schema = 'public'").query(String.class).list()
                .stream().collect(Collectors.toMap(table -> table, table ->
                        sql.sql("select count(*) from \"" + table + "\"").query(Long.class).single(), (one, _) -> one, TreeMap::new));
    }

    /** Of the service's own meters and of requests, what only grows. */
    private Map<String, Double> counts() {
        return meters.getMeters().stream().map(Meter::getId)
                .filter(id -> id.getType() == Meter.Type.COUNTER || id.getType() == Meter.Type.TIMER)
                .map(Meter.Id::getName).filter(name -> name.startsWith("nabla.") || name.startsWith("http.")).distinct()
                .collect(Collectors.toMap(name -> name, name -> meters.find(name).meters().stream()
                        .mapToDouble(meter -> meter.measure().iterator().next().getValue()).sum(), (one, _) -> one, TreeMap::new));
    }
}
