package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.training.TrainingResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The models that trainings left or somebody brought. */
@Repository
public class Models extends Owned<StoredModel, ModelFilter> {

    private final JsonMapper json;

    Models(JdbcClient sql, JsonMapper json) {
        super(sql, "model", "id, name, network_id, training_id, loss, coefficients, created_at",
                "ensembles refer to this model");
        this.json = json;
    }

    /** The model that a training left, with the labels of the training. */
    StoredModel insert(StoredTraining training, TrainingResult result, @Nullable String coefficients) {
        return insert(new StoredModel(UUID.randomUUID(), training.networkId(), Optional.of(training.id()),
                OptionalDouble.of(result.loss()), named(coefficients), training.labels(), Times.now()), coefficients,
                result.parameters(),
                unlessOwn(result.best(), result), unlessOwn(result.last(), result));
    }

    /**
     * A model that no training left.
     *
     * @param network that was inserted in the same transaction
     * @param parameters the flat vector of the network's parameters
     */
    @Transactional
    public StoredModel insert(StoredNetwork network, double[] parameters, Labels labels) {
        Coefficients coefficients = Coefficients.of(network.definition().parameters());
        String values = NamedNumbers.json(json, coefficients.isEmpty() ? Optional.empty()
                : Optional.of(coefficients.in(i -> parameters[i])));
        return insert(new StoredModel(UUID.randomUUID(), network.id(), Optional.empty(), OptionalDouble.empty(),
                named(values), labels,
                Times.now()), values, parameters, null, null);
    }

    private static Map<String, Object> named(@Nullable String coefficients) {
        return coefficients == null ? Map.of() : DocumentReader.named(coefficients);
    }

    private StoredModel insert(StoredModel model, @Nullable String coefficients, double[] parameters,
            byte @Nullable [] best, byte @Nullable [] last) {
        sql.sql("""
                insert into model (id, owner, name, network_id, training_id, loss, parameters, best_parameters,
                    last_parameters, coefficients, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(model.id()).param(Owner.current().name())
                .param(model.labels().name().orElse(null)).param(model.networkId())
                .param(model.trainingId().orElse(null)).param(model.loss().isPresent() ? model.loss().getAsDouble()
                : null)
                .param(Doubles.toBytes(parameters)).param(best).param(last).param(coefficients)
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
                Optional.ofNullable(row.getObject("training_id", UUID.class)), loss(row),
                NamedNumbers.read(row, "coefficients"), Tags.labels(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static OptionalDouble loss(ResultSet row) throws SQLException {
        double loss = row.getDouble("loss");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }
}
