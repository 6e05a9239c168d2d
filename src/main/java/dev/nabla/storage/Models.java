package dev.nabla.storage;

import dev.nabla.documents.Labels;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.storage.StoredModel.Swept;
import dev.nabla.training.TrainingResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
        super(sql, "model", """
                id, name, network_id, training_id, loss, coefficients, deviations, version, created_at,
                (select string_agg(alias, ',' order by alias) from model_alias where model_id = model.id) as aliases,
                (select name from network where id = model.network_id) as network_name,
                (select sweep_id from training where id = model.training_id) as sweep_id,
                (select trial_values from training where id = model.training_id) as trial_values,
                (select sweep.name from sweep join training on sweep.id = sweep_id where training.id = model.training_id) as sweep_name""",
                new Referrers("ensemble", "this model", "select ensemble_id from ensemble_model where model_id = :id"));
        this.json = json;
    }

    /** The model that a training left, with the labels of the training. */
    void insert(UUID network, UUID training, Labels labels, TrainingResult result, @Nullable String coefficients) {
        insert(network, training, result.loss(), labels, coefficients, NamedNumbers.jsonOfKnown(json, result.deviations()),
                result.parameters(), unlessOwn(result.best(), result), unlessOwn(result.last(), result));
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
        return find(insert(network.id(), null, null, labels, values, null, parameters, null, null)).orElseThrow();
    }

    private UUID insert(UUID network, @Nullable UUID training, @Nullable Double loss, Labels labels, @Nullable String coefficients,
            @Nullable String deviations, double[] parameters, byte @Nullable [] best, byte @Nullable [] last) {
        UUID id = UUID.randomUUID();
        sql.sql("""
                insert into model (id, owner, name, network_id, training_id, loss, parameters, best_parameters,
                    last_parameters, coefficients, deviations, version, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(id).param(Owner.current().name()).param(labels.name().orElse(null)).param(network).param(training)
                .param(loss).param(Doubles.toBytes(parameters)).param(best).param(last).param(coefficients).param(deviations)
                .param(number(nextVersion(labels))).param(Times.sql(Times.now())).update();
        insertTags(id, labels);
        return id;
    }

    /** The next number of models of this name, which nobody else gets. In a transaction. */
    private OptionalInt nextVersion(Labels labels) {
        if (labels.name().isEmpty()) {
            return OptionalInt.empty();
        }
        List<Object> name = List.of(Owner.current().name(), labels.name().get());
        sql.sql("insert into model_name (owner, name, last_version) values (?, ?, 0) on conflict do nothing").params(name).update();
        sql.sql("update model_name set last_version = last_version + 1 where owner = ? and name = ?").params(name).update();
        return OptionalInt.of(sql.sql("select last_version from model_name where owner = ? and name = ?").params(name)
                .query(Integer.class).single());
    }

    private static @Nullable Integer number(OptionalInt version) {
        return version.isPresent() ? version.getAsInt() : null;
    }

    /**
     * The same; a model that gets another name is the next version of that.
     *
     * @throws InUseException if it has aliases, which are of its name
     */
    @Override
    @Transactional
    public Optional<StoredModel> relabel(UUID id, UnaryOperator<Labels> change) {
        return hold(id).flatMap(before -> {
            Labels labels = change.apply(before.labels());
            if (labels.name().equals(before.labels().name())) {
                return super.relabel(id, change);
            }
            if (!before.aliases().isEmpty()) {
                throw new InUseException("the aliases " + String.join(", ", before.aliases())
                        + " are of its name; delete them first, or give them to another version");
            }
            setVersion(id, OptionalInt.empty());
            Optional<StoredModel> after = super.relabel(id, change);
            setVersion(id, nextVersion(labels));
            return after.flatMap(_ -> find(id));
        });
    }

    private void setVersion(UUID id, OptionalInt version) {
        sql.sql("update model set version = ? where id = ?").param(number(version)).param(id).update();
    }

    /**
     * Calls a version by an alias, whichever version of the name was called so before. Of two at once the later one counts.
     *
     * @throws InUseException if the model has no name, or one that would be taken for an id
     */
    @Transactional
    public Optional<StoredModel> call(UUID id, String alias) {
        return hold(id).flatMap(model -> {
            String name = model.labels().name().orElseThrow(() -> new InUseException(
                    "a model without a name has no aliases; give it a name first"));
            if (new ModelReference(name).id().isPresent()) {
                throw new InUseException(
                        "a model whose name looks like an id has no aliases, as it is taken for the id; give it another name first");
            }
            List<Object> key = List.of(Owner.current().name(), name, alias);
            sql.sql("insert into model_alias (owner, name, alias, model_id) values (?, ?, ?, ?) on conflict do nothing").params(key)
                    .param(id).update();
            sql.sql("update model_alias set model_id = ? where owner = ? and name = ? and alias = ?").param(id).params(key).update();
            return find(id);
        });
    }

    /** Takes an alias from a version; false if it is not called so, or not any more. */
    @Transactional
    public boolean callNoMore(UUID id, String alias) {
        return hold(id).isPresent()
                && sql.sql("delete from model_alias where model_id = ? and alias = ?").params(id, alias).update() > 0;
    }

    /** The model that is meant, if there is one. */
    public Optional<FoundModel> resolve(ModelReference reference) {
        String owner = Owner.current().name();
        OptionalInt version = reference.version();
        boolean isLatest = reference.behind().equals(ModelReference.LATEST);
        List<Object> parameters = new ArrayList<>(List.of(owner));
        StringBuilder condition = new StringBuilder();
        if (reference.id().isPresent()) {
            condition.append(" and id = ?");
            parameters.add(reference.id().get());
        } else {
            condition.append(" and name = ?");
            parameters.add(reference.name());
        }
        if (version.isPresent()) {
            condition.append(" and version = ?");
            parameters.add(version.getAsInt());
        } else if (!isLatest) {
            condition.append(" and exists (select 1 from model_alias where model_id = model.id and alias = ?)");
            parameters.add(reference.behind());
        }
        return sql.sql("select id, version from model where owner = ?" + condition + " order by version desc limit 1")
                .params(parameters).query((row, _) -> new FoundModel(row.getObject("id", UUID.class), version(row))).optional();
    }

    /** The numbers of all models of the name of a model, from the first; none of a model without a name. */
    public List<Integer> versions(FoundModel model) {
        return sql.sql("select other.version from model other join model on other.owner = model.owner and other.name = model.name "
                + "where model.id = ? order by other.version").param(model.id()).query((row, _) -> row.getInt(1)).list();
    }

    private static OptionalInt version(ResultSet row) throws SQLException {
        int version = row.getInt("version");
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
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
                NamedNumbers.read(row, "coefficients"), NamedNumbers.read(row, "deviations"), Tags.labels(row), version(row), aliases(row),
                Optional.ofNullable(row.getString("network_name")), swept(row), row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private Optional<Swept> swept(ResultSet row) throws SQLException {
        UUID sweep = row.getObject("sweep_id", UUID.class);
        return sweep == null ? Optional.empty() : Optional.of(new Swept(sweep, Optional.ofNullable(row.getString("sweep_name")),
                Sweeps.values(json, row.getString("trial_values"))));
    }

    private static OptionalDouble loss(ResultSet row) throws SQLException {
        double loss = row.getDouble("loss");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    private static List<String> aliases(ResultSet row) throws SQLException {
        String aliases = row.getString("aliases");
        return aliases == null ? List.of() : List.of(aliases.split(","));
    }
}
