package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.training.TrainingResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The models that trainings left. */
@Repository
public class Models {

    private static final Tags TAGS = new Tags("model");
    private static final String SELECT = "select id, name, network_id, training_id, loss, coefficients, created_at, " + TAGS.column()
            + " from model";

    private final JdbcClient sql;

    Models(JdbcClient sql) {
        this.sql = sql;
    }

    /** The model that a training left, with the labels of the training. */
    StoredModel insert(StoredTraining training, TrainingResult result, @Nullable String coefficients) {
        var model = new StoredModel(UUID.randomUUID(), training.networkId(), training.id(), result.loss(),
                coefficients == null ? Map.of() : DocumentReader.named(coefficients), training.labels(), Times.now());
        sql.sql("""
                insert into model (id, owner, name, network_id, training_id, loss, parameters, best_parameters, last_parameters,
                    coefficients, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(model.id()).param(Owner.current().name())
                .param(model.labels().name().orElse(null)).param(model.networkId())
                .param(model.trainingId()).param(result.loss())
                .param(Doubles.toBytes(result.parameters()))
                .param(unlessOwn(result.best(), result)).param(unlessOwn(result.last(), result)).param(coefficients)
                .param(Times.sql(model.createdAt())).update();
        TAGS.insert(sql, model.id(), model.labels().tags());
        return model;
    }

    private static byte @Nullable [] unlessOwn(double[] parameters, TrainingResult result) {
        return Arrays.equals(parameters, result.parameters()) ? null : Doubles.toBytes(parameters);
    }

    public Optional<StoredModel> find(UUID id) {
        return sql.sql(SELECT + " where id = ? and owner = ?").params(id, Owner.current().name()).query(Models::read).optional();
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
        return sql.sql("select " + column + " from model where id = ? and owner = ?").params(id, Owner.current().name())
                .query((row, _) -> Doubles.fromBytes(row.getBytes(1))).optional();
    }

    /** The model, if there is one, which nobody else changes or deletes before the end of the transaction. */
    public Optional<StoredModel> hold(UUID id) {
        return TAGS.hold(sql, id) ? find(id) : Optional.empty();
    }

    /** The model with the labels that the change makes of its own, if there is one. */
    @Transactional
    public Optional<StoredModel> relabel(UUID id, UnaryOperator<Labels> change) {
        return TAGS.change(sql, id, change) ? find(id) : Optional.empty();
    }

    public Slice<StoredModel> list(ModelFilter filter, Optional<Position> after, int size) {
        return new Selection(SELECT, "model", after).where("network_id = ?", filter.network())
                .where("training_id = ?", filter.training()).labelled(filter.labels())
                .slice(sql, Models::read, size, model -> new Position(model.createdAt(), model.id()));
    }

    /**
     * Deletes the model if there is one.
     *
     * @throws InUseException if an ensemble refers to it
     */
    public boolean delete(UUID id) {
        try {
            return sql.sql("delete from model where id = ? and owner = ?").params(id, Owner.current().name()).update() > 0;
        } catch (DataIntegrityViolationException e) {
            throw new InUseException("ensembles refer to this model; delete them first");
        }
    }

    private static StoredModel read(ResultSet row, int number) throws SQLException {
        return new StoredModel(row.getObject("id", UUID.class), row.getObject("network_id", UUID.class),
                row.getObject("training_id", UUID.class), row.getDouble("loss"), NamedNumbers.read(row, "coefficients"), Tags.labels(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
