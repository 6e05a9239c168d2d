package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.storage.StoredSweep.Best;
import dev.nabla.storage.StoredSweep.Progress;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sweeps that were posted, and their trials, which are trainings. */
@Repository
public class Sweeps extends Owned<StoredSweep, LabelFilter> {

    private static final String TRIALS = " from training join sweep on sweep.id = training.sweep_id"
            + " left join model m on m.training_id = training.id";
    /** By what trials are ranked. */
    private static final String LOSS = "case when sweep.metric = 'LOSS' then coalesce(m.loss, training.loss)"
            + " else training.metric_lowest end";

    private final JsonMapper json;
    private final Trainings trainings;

    Sweeps(JdbcClient sql, JsonMapper json, Trainings trainings) {
        super(sql, "sweep", "*", new Referrers("ensemble", "models of this sweep", "select ensemble_id from ensemble_model where model_id in "
                + "(select model.id from model join training on training.id = model.training_id where training.sweep_id = :id)"));
        this.json = json;
        this.trainings = trainings;
    }

    /** Stores a sweep that has no trials yet. */
    @Transactional
    public UUID insert(Labels labels, StoredSweep.Settings settings) {
        UUID id = UUID.randomUUID();
        sql.sql("""
                insert into sweep (id, owner, name, plan, stop, metric, epochs, all_epochs, trials, created_at)
                values (?, ?, ?, ?, ?, ?, 0, 0, 0, ?)""")
                .param(id).param(Owner.current().name()).param(labels.name().orElse(null))
                .param(json.writeValueAsString(settings.plan()))
                .param(json.writeValueAsString(settings.stop())).param(settings.metric().name())
                .param(Times.sql(Times.now()))
                .update();
        insertTags(id, labels);
        return id;
    }

    /**
     * Makes a training, which nobody runs yet, the next trial of a sweep.
     *
     * @param epochs that it is to have
     */
    @Transactional
    public void add(UUID id, UUID training, int epochs, Map<String, JsonNode> values) {
        sql.sql("""
                update training set sweep_id = ?, trial_values = ?, trial = (select trials from sweep where id = ?),
                    metric_sum = 0 where id = ?""").params(id, json.writeValueAsString(values), id, training).update();
        sql.sql("update sweep set trials = trials + 1, epochs = greatest(epochs, ?), all_epochs = all_epochs + ? "
                + "where id = ?")
                .params(epochs, epochs, id).update();
    }

    /** Notes that a sweep is to end, and finds those of its trials that have not. Empty if all have. */
    public List<UUID> requestCancel(UUID id) {
        List<UUID> unfinished = unfinished(id);
        if (!unfinished.isEmpty()) {
            sql.sql("update sweep set cancel_requested = true where id = ?").param(id).update();
        }
        return unfinished;
    }

    /** The last first, so that no service takes one up while those before it are cancelled. */
    private List<UUID> unfinished(UUID id) {
        return sql.sql("select id from training where sweep_id = ? and owner = ? and state in ('QUEUED', 'RUNNING', "
                + "'PAUSED') order by trial desc").params(id, Owner.current().name())
                .query((row, _) -> row.getObject("id", UUID.class)).list();
    }

    /**
     * The trials of a sweep from the best to the worst: those without a loss behind those with one, those that failed
     * last.
     *
     * @param after behind which trial, wherever that is by now
     */
    public Slice<RankedTrial> trials(UUID id, Optional<Position> after, int size) {
        record Place(UUID training, OptionalDouble loss) {}
        List<Place> places = sql.sql("select training.id, " + LOSS + " as rank_loss" + TRIALS + """
                 where training.sweep_id = ? and training.owner = ?
                order by case training.state when 'FAILED' then 1 else 0 end, rank_loss nulls last, training.trial""")
                .params(id, Owner.current().name())
                .query((row, _) -> new Place(row.getObject("id", UUID.class), Trainings.number(row, "rank_loss")))
                .list();
        int begin = 1 + after.map(position -> IntStream.range(0, places.size())
                .filter(i -> places.get(i).training().equals(position.id())).findFirst().orElse(places.size()))
                .orElse(-1);
        List<RankedTrial> found = new ArrayList<>();
        Map<UUID, StoredTraining> stored = new HashMap<>();
        List<Place> page = places.subList(Math.min(begin, places.size()), Math.min(places.size(), begin + size + 1));
        trainings.findAll(page.stream().map(Place::training).toList())
                .forEach(training -> stored.put(training.id(), training));
        for (int i = 0; i < page.size(); i++) {
            int rank = begin + i + 1;
            OptionalDouble loss = page.get(i).loss();
            Optional.ofNullable(stored.get(page.get(i).training()))
                    .ifPresent(training -> found.add(new RankedTrial(rank, training, loss)));
        }
        return Slice.of(found, size, trial -> trial.training().position());
    }

    @Override
    Optional<String> hindrance(UUID id) {
        return unfinished(id).isEmpty() ? Optional.empty() : Optional.of("the sweep is not finished; cancel it first");
    }

    /** With what their trials say of them. */
    @Override
    List<StoredSweep> whole(List<StoredSweep> sweeps) {
        if (sweeps.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = sweeps.stream().map(StoredSweep::id).toList();
        Map<UUID, Map<TrainingState, Integer>> counts = new HashMap<>();
        Map<UUID, Long> epochs = new HashMap<>();
        sql.sql("select sweep_id, state, count(*) as trials, sum(epoch) as made from training where sweep_id in (:ids) "
                + "group by sweep_id, state").param("ids", ids).query(row -> {
                    UUID id = row.getObject("sweep_id", UUID.class);
                    counts.computeIfAbsent(id, _ -> new EnumMap<>(TrainingState.class))
                            .put(TrainingState.valueOf(row.getString("state")), row.getInt("trials"));
                    epochs.merge(id, row.getLong("made"), Long::sum);
                });
        Map<UUID, Best> best = best(ids);
        return sweeps.stream().map(sweep -> {
            UUID id = sweep.id();
            return new StoredSweep(id, sweep.labels(), sweep.settings(), sweep.cancelled(),
                    new Progress(counts.getOrDefault(id, Map.of()), epochs.getOrDefault(id, 0L),
                            sweep.progress().epochs()),
                    Optional.ofNullable(best.get(id)), sweep.createdAt());
        }).toList();
    }

    private Map<UUID, Best> best(List<UUID> ids) {
        Map<UUID, Best> best = new HashMap<>();
        sql.sql("select * from (select training.sweep_id, training.id, training.trial_values, m.id as model_id, " + LOSS
                + " as rank_loss, row_number() over (partition by training.sweep_id order by " + LOSS
                + ", training.trial) as place"
                + TRIALS + " where training.sweep_id in (:ids) and m.id is not null) ranked where place = 1")
                .param("ids", ids)
                .query(row -> {
                    best.put(row.getObject("sweep_id", UUID.class), new Best(row.getObject("id", UUID.class),
                            row.getObject("model_id", UUID.class), row.getDouble("rank_loss"),
                            values(json, row.getString("trial_values"))));
                });
        return best;
    }

    static Map<String, Object> values(JsonMapper json, String stored) {
        Map<String, Object> values = new LinkedHashMap<>();
        json.readTree(stored).properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }

    @Override
    StoredSweep read(ResultSet row, int number) throws SQLException {
        var settings = new StoredSweep.Settings(DocumentReader.trusted(row.getString("plan"), SweepPlan.class),
                DocumentReader.trusted(row.getString("stop"), StopRule.class),
                SweepMetric.valueOf(row.getString("metric")));
        return new StoredSweep(row.getObject("id", UUID.class), Tags.labels(row), settings,
                row.getBoolean("cancel_requested"), new Progress(Map.of(), 0, row.getLong("all_epochs")),
                Optional.empty(), row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
