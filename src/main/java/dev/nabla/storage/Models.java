package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.training.TrainingResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The models that trainings left. */
@Repository
public class Models extends Owned<StoredModel, ModelFilter> {

    Models(JdbcClient sql) {
        super(sql, "model", "id, name, network_id, training_id, loss, coefficients, created_at",
                "ensembles refer to this model");
    }

    /** The model that a training left, with the labels of the training. */
    StoredModel insert(StoredTraining training, TrainingResult result, @Nullable String coefficients) {
        var model = new StoredModel(UUID.randomUUID(), training.networkId(), training.id(), result.loss(),
                coefficients == null ? Map.of() : DocumentReader.named(coefficients), training.labels(), Times.now());
        sql.sql("""
                insert into model (id, owner, name, network_id, training_id, loss, parameters, best_parameters,
                    last_parameters, coefficients, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(model.id()).param(Owner.current().name())
                .param(model.labels().name().orElse(null)).param(model.networkId())
                .param(model.trainingId()).param(result.loss())
                .param(Doubles.toBytes(result.parameters()))
                .param(unlessOwn(result.best(), result)).param(unlessOwn(result.last(), result)).param(coefficients)
                .param(Times.sql(model.createdAt())).update();
        insertTags(model.id(), model.labels());
        return model;
    }

    private static byte @Nullable [] unlessOwn(double[] parameters, TrainingResult result) {
        return Arrays.equals(parameters, result.parameters()) ? null : Doubles.toBytes(parameters);
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

    @Override
    Selection narrowed(Selection selection, ModelFilter filter) {
        return selection.where("network_id = ?", filter.network()).where("training_id = ?", filter.training());
    }

    @Override
    StoredModel read(ResultSet row, int number) throws SQLException {
        return new StoredModel(row.getObject("id", UUID.class), row.getObject("network_id", UUID.class),
                row.getObject("training_id", UUID.class), row.getDouble("loss"),
                NamedNumbers.read(row, "coefficients"), Tags.labels(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
