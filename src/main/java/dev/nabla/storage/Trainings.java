package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.problems.Warning;
import dev.nabla.storage.StoredTraining.Progress;
import dev.nabla.training.TrainingResult.Stop;
import dev.nabla.training.TrainingSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trainings that were posted. Every change of state names the state it starts from, so that of two that happen at
 * once one has no effect.
 */
@Repository
public class Trainings extends Owned<StoredTraining, TrainingFilter> {

    /**
     * A training goes before shorter ones that were posted after it by so many times as long as it is thought to take,
     * and before all that were posted after it by {@link #LONGEST_DELAY}.
     */
    private static final int DELAY_OF_LENGTH = 100;
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private static final String OWNED = " where training_id = (select id from training where id = ? and owner = ?)";

    private final JsonMapper json;

    Trainings(JdbcClient sql, JsonMapper json) {
        super(sql, "training", """
                training.*, (select id from model where training_id = training.id) as model_id,
                exists (select 1 from training_state where training_id = training.id) as has_state""",
                new Referrers("ensemble", "the model of this training", "select ensemble_id from ensemble_model "
                        + "where model_id in (select id from model where training_id = :id)"));
        this.json = json;
    }

    /**
     * Stores a training that waits for its turn.
     *
     * @param length how long it is thought to take
     * @throws DeletedException if what it refers to is no longer there
     */
    @Transactional
    public UUID insert(UUID networkId, Optional<UUID> datasetId, Labels labels, TrainingSettings settings,
            String engine, int priority, Beginning beginning, Duration length) {
        UUID id = UUID.randomUUID();
        Instant now = Times.now();
        hold("network", networkId);
        Stream.concat(datasetId.stream(), settings.loss().datasets().stream()).distinct().sorted()
                .forEach(dataset -> hold("dataset", dataset));
        sql.sql("""
                insert into training (id, owner, name, network_id, dataset_id, settings, engine, initial_parameters,
                    initial_model_id, warnings, priority, state, cancel_requested, epoch, created_at, due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', false, 0, ?, ?)""")
                .param(id).param(Owner.current().name()).param(labels.name().orElse(null)).param(networkId)
                .param(datasetId.orElse(null))
                .param(json.writeValueAsString(settings)).param(engine)
                .param(beginning.parameters().map(Doubles::toBytes).orElse(null))
                .param(beginning.modelId().orElse(null))
                .param(beginning.warnings().isEmpty() ? null : json.writeValueAsString(beginning.warnings()))
                .param(priority).param(Times.sql(now)).param(Times.sql(now.plus(delay(length)))).update();
        settings.loss().datasets().forEach(dataset -> sql.sql(
                "insert into training_dataset (training_id, dataset_id) values (?, ?)").params(id, dataset).update());
        insertTags(id, labels);
        beginning.continued().ifPresent(earlier -> takeUp(earlier, id));
        return id;
    }

    private static Duration delay(Duration length) {
        return length.compareTo(LONGEST_DELAY.dividedBy(DELAY_OF_LENGTH)) < 0
                ? length.multipliedBy(DELAY_OF_LENGTH) : LONGEST_DELAY;
    }

    /** Copies what an earlier training has told and left. */
    private void takeUp(UUID earlier, UUID id) {
        hold("training", earlier);
        sql.sql("""
                update training set continued_id = ?,
                    epoch = (select epoch from training where id = ?),
                    continued_epochs = (select epoch from training where id = ?),
                    loss = (select loss from training where id = ?),
                    validation_loss = (select validation_loss from training where id = ?),
                    coefficients = (select coefficients from training where id = ?)
                where id = ?""").params(earlier, earlier, earlier, earlier, earlier, earlier, id).update();
        String told = "first_epoch, losses, validation_losses, terms, multipliers, metrics, coefficients, iterations";
        sql.sql("insert into training_losses (training_id, " + told + ") select cast(? as uuid), " + told
                + " from training_losses where training_id = ?").params(id, earlier).update();
        sql.sql("insert into training_state (training_id, state) select cast(? as uuid), state from training_state "
                + "where training_id = ?").params(id, earlier).update();
    }

    /** What a training that has ended left for one that goes on, and one that goes on begins with. */
    public Optional<byte[]> state(UUID id) {
        return sql.sql("select state from training_state" + OWNED).params(id, Owner.current().name())
                .query((row, _) -> row.getBytes(1)).optional();
    }

    /** Whether there is such a state. */
    public boolean hasState(UUID id) {
        return sql.sql("select count(*) from training_state" + OWNED).params(id, Owner.current().name())
                .query(Integer.class).single() > 0;
    }

    /** Keeps what a training refers to from being deleted before the training is there. */
    private void hold(String table, UUID id) {
        if (!new Tags(table).hold(sql, id)) {
            throw new DeletedException(table);
        }
    }

    /** The flat vector of parameters to start from, where one was given. */
    public Optional<double[]> initialParameters(UUID id) {
        return sql.sql("select initial_parameters from training where id = ? and owner = ? and initial_parameters is "
                + "not null")
                .params(id, Owner.current().name()).query((row, _) -> Doubles.fromBytes(row.getBytes(1))).optional();
    }

    /**
     * Asks a training to stop. One that has made no epoch is cancelled at once where nobody runs it; another that waits
     * is taken up once more, to leave its model. False if it was finished already.
     */
    @Transactional
    public boolean requestCancel(UUID id) {
        boolean isCancelled = sql.sql("""
                update training set state = 'CANCELLED', cancel_requested = true, finished_at = ?
                where id = ? and owner = ? and state in ('QUEUED', 'PAUSED') and epoch = continued_epochs""")
                .params(Times.sql(Times.now()), id, Owner.current().name()).update() > 0;
        return isCancelled || sql.sql("""
                update training set cancel_requested = true, pause_requested = false,
                    state = case when state = 'PAUSED' then 'QUEUED' else state end
                where id = ? and owner = ? and state in ('QUEUED', 'RUNNING', 'PAUSED')""")
                .params(id, Owner.current().name()).update() > 0;
    }

    /**
     * Asks a training to wait until it is resumed: a queued one does so at once. False if it is finished, or is to end.
     */
    @Transactional
    public boolean requestPause(UUID id) {
        return sql.sql("""
                update training set state = case when state = 'QUEUED' then 'PAUSED' else state end,
                    pause_requested = (state = 'RUNNING')
                where id = ? and owner = ? and state in ('QUEUED', 'RUNNING', 'PAUSED') and not cancel_requested""")
                .params(id, Owner.current().name()).update() > 0;
    }

    /** Lets a paused training wait for its turn. False if it is finished. */
    public boolean resume(UUID id) {
        return sql.sql("""
                update training set state = case when state = 'PAUSED' then 'QUEUED' else state end,
                    pause_requested = false
                where id = ? and owner = ? and state in ('QUEUED', 'RUNNING', 'PAUSED')""")
                .params(id, Owner.current().name()).update() > 0;
    }

    /** The trainings that wait for their turn. */
    public int queued() {
        return sql.sql("select count(*) from training where state = 'QUEUED'").query(Integer.class).single();
    }

    /** @param oldest when the first of them was posted */
    public record Unfinished(long trainings, Instant oldest) {}

    /**
     * How many trainings there are in the states that are not the last ones; nothing for a state in which there are
     * none.
     */
    public Map<TrainingState, Unfinished> unfinished() {
        var unfinished = new EnumMap<TrainingState, Unfinished>(TrainingState.class);
        sql.sql("""
                select state, count(*) as trainings, min(created_at) as oldest from training
                where state in ('QUEUED', 'RUNNING', 'PAUSED') group by state""").query(row -> {
                    unfinished.put(TrainingState.valueOf(row.getString("state")),
                            new Unfinished(row.getLong("trainings"), time(row, "oldest").orElseThrow()));
                });
        return unfinished;
    }

    /** The loss of every epoch that is over. */
    public double[] losses(UUID id) {
        return losses("losses", id);
    }

    /** The validation loss of every epoch that is over; empty where there is no validation. */
    public double[] validationLosses(UUID id) {
        return losses("validation_losses", id);
    }

    /**
     * The terms of the loss of every epoch that is over, epoch by epoch; empty for a loss that has a name, and for a
     * training from before terms were recorded.
     */
    public double[] terms(UUID id) {
        return losses("terms", id);
    }

    /** What the terms were multiplied by in every epoch that is over, epoch by epoch; empty where weights are fixed. */
    public double[] multipliers(UUID id) {
        return losses("multipliers", id);
    }

    /** The metrics of every epoch that is over, epoch by epoch; empty where none were asked for. */
    public double[] metrics(UUID id) {
        return losses("metrics", id);
    }

    /** The coefficients after every epoch that is over, epoch by epoch; empty where there are none. */
    public double[] coefficients(UUID id) {
        return losses("coefficients", id);
    }

    /**
     * What an optimizer of the whole dataset told of every epoch that is over, epoch by epoch; of a training from before it was
     * recorded nothing, or only of its later epochs.
     */
    public double[] iterations(UUID id) {
        return losses("iterations", id);
    }

    private double[] losses(String column, UUID id) {
        return sql.sql("select " + column + " from training_losses" + OWNED + " and " + column
                + " is not null order by first_epoch").params(id, Owner.current().name())
                .query((row, _) -> Doubles.fromBytes(row.getBytes(1))).list().stream().flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Override
    Selection narrowed(Selection selection, TrainingFilter filter) {
        return selection.where("state = ?", filter.state().map(TrainingState::name))
                .where("network_id = ?", filter.network())
                .where("(dataset_id = ? or exists (select 1 from training_dataset where training_id = training.id"
                        + " and dataset_id = ?))", filter.dataset());
    }

    @Override
    Optional<String> hindrance(UUID id) {
        return find(id).filter(training -> !training.state().isFinished())
                .map(_ -> "the training is not finished; cancel it first");
    }

    @Override
    StoredTraining read(ResultSet row, int number) throws SQLException {
        int stoppedAtEpoch = row.getInt("stopped_at_epoch");
        Optional<Stop> stop = row.wasNull() ? Optional.empty()
                : Optional.of(new Stop(stoppedAtEpoch, row.getString("stop_reason")));
        var progress = new Progress(row.getInt("epoch"), number(row, "loss"), number(row, "validation_loss"),
                NamedNumbers.read(row, "coefficients"), time(row, "progress_at"), number(row, "seconds"));
        Optional<UUID> model = Optional.ofNullable(row.getObject("model_id", UUID.class));
        return new StoredTraining(row.getObject("id", UUID.class), row.getObject("network_id", UUID.class),
                Optional.ofNullable(row.getObject("dataset_id", UUID.class)), Tags.labels(row),
                DocumentReader.trusted(row.getString("settings"), TrainingSettings.class), row.getString("engine"),
                Optional.ofNullable(row.getObject("initial_model_id", UUID.class)),
                Optional.ofNullable(row.getObject("continued_id", UUID.class)), row.getInt("continued_epochs"),
                row.getInt("priority"),
                trial(row), TrainingState.valueOf(row.getString("state")),
                model, model.isPresent() || row.getBoolean("has_state"), progress, stop,
                Optional.ofNullable(row.getString("error")), warnings(row), time(row, "created_at").orElseThrow(),
                time(row, "started_at"), time(row, "finished_at"));
    }

    private Optional<Trial> trial(ResultSet row) throws SQLException {
        UUID sweep = row.getObject("sweep_id", UUID.class);
        return sweep == null ? Optional.empty()
                : Optional.of(new Trial(sweep, Sweeps.values(json, row.getString("trial_values")),
                        number(row, "metric_lowest")));
    }

    private List<Warning> warnings(ResultSet row) throws SQLException {
        String warnings = row.getString("warnings");
        return warnings == null ? List.of() : List.of(json.readValue(warnings, Warning[].class));
    }

    static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
