package dev.nabla.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
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

    StoredModel insert(UUID networkId, UUID trainingId, double loss, double[] parameters) {
        var model = new StoredModel(UUID.randomUUID(), networkId, trainingId, loss, Times.now());
        sql.sql("""
                insert into model (id, network_id, training_id, loss, parameters, created_at)
                values (?, ?, ?, ?, ?, ?)""")
                .params(model.id(), networkId, trainingId, loss, Doubles.toBytes(parameters),
                        Times.sql(model.createdAt())).update();
        return model;
    }

    public Optional<StoredModel> find(UUID id) {
        return sql.sql("select " + COLUMNS + " from model where id = ?").param(id).query(Models::read).optional();
    }

    /** The flat vector of parameters. */
    public Optional<double[]> parameters(UUID id) {
        return sql.sql("select parameters from model where id = ?").param(id)
                .query((row, _) -> Doubles.fromBytes(row.getBytes("parameters"))).optional();
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
