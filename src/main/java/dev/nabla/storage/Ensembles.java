package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Models that were put together. */
@Repository
public class Ensembles {

    private static final Tags TAGS = new Tags("ensemble");
    private static final String SELECT = "select ensemble.*, (select string_agg(cast(model_id as varchar), ',' order by place) "
            + "from ensemble_model where ensemble_id = ensemble.id) as models, " + TAGS.column() + " from ensemble";

    private final JdbcClient sql;

    Ensembles(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Stores an ensemble, whose models stay as long as it does.
     *
     * @throws DeletedException if a model is no longer there
     */
    @Transactional
    public StoredEnsemble insert(Labels labels, List<UUID> models) {
        models.stream().sorted().forEach(model -> {
            if (!new Tags("model").hold(sql, model)) {
                throw new DeletedException("model");
            }
        });
        var ensemble = new StoredEnsemble(UUID.randomUUID(), labels, models, Times.now());
        sql.sql("insert into ensemble (id, owner, name, created_at) values (?, ?, ?, ?)").param(ensemble.id())
                .param(Owner.current().name())
                .param(labels.name().orElse(null)).param(Times.sql(ensemble.createdAt())).update();
        for (int i = 0; i < models.size(); i++) {
            sql.sql("insert into ensemble_model (ensemble_id, place, model_id) values (?, ?, ?)")
                    .params(ensemble.id(), i, models.get(i)).update();
        }
        TAGS.insert(sql, ensemble.id(), labels.tags());
        return ensemble;
    }

    public Optional<StoredEnsemble> find(UUID id) {
        return sql.sql(SELECT + " where id = ? and owner = ?").params(id, Owner.current().name()).query(Ensembles::read).optional();
    }

    /** The ensemble, if there is one, which nobody else changes or deletes before the end of the transaction. */
    public Optional<StoredEnsemble> hold(UUID id) {
        return TAGS.hold(sql, id) ? find(id) : Optional.empty();
    }

    public Slice<StoredEnsemble> list(LabelFilter filter, Optional<Position> after, int size) {
        return new Selection(SELECT, "ensemble", after).labelled(filter)
                .slice(sql, Ensembles::read, size, ensemble -> new Position(ensemble.createdAt(), ensemble.id()));
    }

    /** The ensemble with the labels that the change makes of its own, if there is one. */
    @Transactional
    public Optional<StoredEnsemble> relabel(UUID id, UnaryOperator<Labels> change) {
        return TAGS.change(sql, id, change) ? find(id) : Optional.empty();
    }

    public boolean delete(UUID id) {
        return sql.sql("delete from ensemble where id = ? and owner = ?").params(id, Owner.current().name()).update() > 0;
    }

    private static StoredEnsemble read(ResultSet row, int number) throws SQLException {
        return new StoredEnsemble(row.getObject("id", UUID.class), Tags.labels(row),
                Arrays.stream(row.getString("models").split(",")).map(UUID::fromString).toList(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
