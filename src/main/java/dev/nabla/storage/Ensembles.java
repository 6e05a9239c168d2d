package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Models that were put together. */
@Repository
public class Ensembles extends Owned<StoredEnsemble, LabelFilter> {

    Ensembles(JdbcClient sql) {
        super(sql, "ensemble", "ensemble.*, (select string_agg(cast(model_id as varchar), ',' order by place) "
                + "from ensemble_model where ensemble_id = ensemble.id) as models");
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
        insertTags(ensemble.id(), labels);
        return ensemble;
    }

    @Override
    StoredEnsemble read(ResultSet row, int number) throws SQLException {
        return new StoredEnsemble(row.getObject("id", UUID.class), Tags.labels(row),
                Arrays.stream(row.getString("models").split(",")).map(UUID::fromString).toList(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
