package dev.nabla.storage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is older than a time and may go, whoever's it is: a hundred at a time, the oldest first. */
@Repository
public class Expired {

    private static final String UNUSED = """
            select id, owner from %1$s where created_at < ?
                and not exists (select 1 from training where training.%1$s_id = %1$s.id)%2$s
            order by created_at, id limit 100""";

    private final JdbcClient sql;

    /** @param owner on whose behalf it is to be deleted */
    public record Row(UUID id, Owner owner) {}

    Expired(JdbcClient sql) {
        this.sql = sql;
    }

    /** Trainings that had finished by then. */
    public List<Row> trainings(Instant until) {
        return rows("""
                select id, owner from training where state in ('SUCCEEDED', 'FAILED', 'CANCELLED') and finished_at < ?
                order by finished_at, id limit 100""", until);
    }

    /** Networks to which nothing refers, that were there by then. */
    public List<Row> networks(Instant until) {
        return rows(UNUSED.formatted("network", ""), until);
    }

    /** Datasets to which nothing refers, that were there by then. */
    public List<Row> datasets(Instant until) {
        return rows(UNUSED.formatted("dataset", " and not exists "
                + "(select 1 from training_dataset where training_dataset.dataset_id = dataset.id)"), until);
    }

    private List<Row> rows(String query, Instant until) {
        return sql.sql(query).param(Times.sql(until))
                .query((row, _) -> new Row(row.getObject("id", UUID.class), new Owner(row.getString("owner")))).list();
    }
}
