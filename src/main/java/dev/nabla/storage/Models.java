package dev.nabla.storage;

import dev.nabla.training.TrainingResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The models that trainings left. */
@Repository
public class Models {

    private static final String COLUMNS = "id, network_id, training_id, loss, created_at";

    private final JdbcClient sql;

    Models(JdbcClient sql) {
        this.sql = sql;
    }

    StoredModel insert(UUID networkId, UUID trainingId, TrainingResult result) {
        var model = new StoredModel(UUID.randomUUID(), networkId, trainingId, result.loss(), Times.now());
        sql.sql("""
                insert into model (id, network_id, training_id, loss, parameters, best_parameters, last_parameters,
                    created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(model.id()).param(networkId).param(trainingId).param(result.loss())
                .param(Doubles.toBytes(result.parameters()))
                .param(unlessOwn(result.best(), result)).param(unlessOwn(result.last(), result))
                .param(Times.sql(model.createdAt())).update();
        return model;
    }

    private static byte @Nullable [] unlessOwn(double[] parameters, TrainingResult result) {
        return Arrays.equals(parameters, result.parameters()) ? null : Doubles.toBytes(parameters);
    }

    public Optional<StoredModel> find(UUID id) {
        return sql.sql("select " + COLUMNS + " from model where id = ?").param(id).query(Models::read).optional();
    }

    /** The flat vector of the model's own parameters. */
    public Optional<double[]> parameters(UUID id) {
        return parameters("parameters", id);
    }

    /** The parameters after the epoch with the lowest loss. */
    public Optional<double[]> bestParameters(UUID id) {
        return parameters("coalesce(best_parameters, parameters)", id);
    }

    /** The parameters after the last update. */
    public Optional<double[]> lastParameters(UUID id) {
        return parameters("coalesce(last_parameters, parameters)", id);
    }

    private Optional<double[]> parameters(String column, UUID id) {
        return sql.sql("select " + column + " from model where id = ?").param(id)
                .query((row, _) -> Doubles.fromBytes(row.getBytes(1))).optional();
    }

    public Slice<StoredModel> list(Optional<Position> after, int size) {
        Position position = after.orElse(Position.START);
        return Slice.of(sql.sql("select " + COLUMNS + " from model " + """
                where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?""")
                .params(Times.sql(position.createdAt()), position.id(), size + 1).query(Models::read).list(),
                size, model -> new Position(model.createdAt(), model.id()));
    }

    public boolean delete(UUID id) {
        return sql.sql("delete from model where id = ?").param(id).update() > 0;
    }

    private static StoredModel read(ResultSet row, int number) throws SQLException {
        return new StoredModel(row.getObject("id", UUID.class), row.getObject("network_id", UUID.class),
                row.getObject("training_id", UUID.class), row.getDouble("loss"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
