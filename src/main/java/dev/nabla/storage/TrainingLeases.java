package dev.nabla.storage;

import dev.nabla.documents.Labels;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingResult.Stop;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trainings as those services see them that run them: who runs which, and what it has reached. A lease lasts for its
 * time by the database's clock unless it is renewed. Every write begins with the row of the training, and with its token:
 * where that has risen nothing is written.
 */
@Repository
public class TrainingLeases {

    private static final int MOST_ATTEMPTS = 5;
    private static final String HELD = " where id = ? and token = ? and state = 'RUNNING'";
    private static final String PROGRESS = "epoch = ?, loss = ?, validation_loss = ?, coefficients = ?, progress_at = ?";
    private static final String CANDIDATE = "select id, token, owner, priority, cancel_requested, pause_requested, attempts, due_at "
            + "from training ";

    private final JdbcClient sql;
    private final JsonMapper json;
    private final Models models;
    private final TrialScores scores;

    TrainingLeases(JdbcClient sql, JsonMapper json, Models models, TrialScores scores) {
        this.sql = sql;
        this.json = json;
        this.models = models;
        this.scores = scores;
    }

    /** A training that may be run, as it was when it was looked for. */
    private record Candidate(Lease lease, boolean isCancelRequested, boolean isPauseRequested, int attempts, Instant due) {

        private static Candidate read(ResultSet row, int number) throws SQLException {
            return new Candidate(TrainingLeases.lease(row), row.getBoolean("cancel_requested"), row.getBoolean("pause_requested"),
                    row.getInt("attempts"), row.getObject("due_at", OffsetDateTime.class).toInstant());
        }
    }

    /** @param turn of its owner: so many of those are run before it */
    private record Turn(Candidate candidate, long turn) {

        private static final Comparator<Turn> ORDER = Comparator
                .<Turn, Boolean>comparing(turn -> !turn.candidate().isCancelRequested()).thenComparingLong(Turn::turn)
                .thenComparingInt(turn -> -turn.candidate().lease().priority()).thenComparing(turn -> turn.candidate().due())
                .thenComparing(turn -> turn.candidate().lease().training());
    }

    /**
     * Takes up trainings that nobody runs. First those whose service is gone, then those that were told to end, then by turns
     * those of every owner, beginning with the owner of whom the fewest are run: of the highest priority, taken up least
     * often, due first: of two that are about as long the older one, and a short one before long ones that were posted not much
     * earlier.
     *
     * @param most so many at most
     * @param time for which the leases last
     */
    @Transactional
    public List<Lease> take(UUID worker, int most, Duration time) {
        return take(worker, candidates(most), time);
    }

    /** The same of others than these. */
    @Transactional
    public List<Lease> take(UUID worker, int most, Duration time, Set<UUID> without) {
        return take(worker, candidates(most + without.size()).stream().filter(found -> !without.contains(found.lease().training()))
                .limit(most).toList(), time);
    }

    /** The same of this one, if nobody runs it. */
    @Transactional
    public List<Lease> takeOnly(UUID worker, UUID training, Duration time) {
        return take(worker, candidate(training).stream().toList(), time);
    }

    private List<Lease> take(UUID worker, List<Candidate> candidates, Duration time) {
        var taken = new ArrayList<Lease>();
        for (Candidate candidate : candidates) {
            take(candidate.lease(), worker, time).ifPresent(own -> {
                if (candidate.isPauseRequested()) {
                    pause(own);
                } else if (candidate.attempts() >= MOST_ATTEMPTS) {
                    fail(own, "the services that ran this training ended " + MOST_ATTEMPTS + " times before it got any further");
                } else {
                    taken.add(own);
                }
            });
        }
        return taken;
    }

    /** Takes up a training that was posted in this transaction, so that nobody else knows of it; nothing if it does not wait. */
    @Transactional
    public Optional<Lease> takePosted(UUID training, UUID worker, Duration time) {
        return sql.sql(CANDIDATE + "where id = ? and state = 'QUEUED'").param(training).query(Candidate::read).optional()
                .flatMap(posted -> take(posted.lease(), worker, time));
    }

    /** @param last as it was found, with its last token */
    private Optional<Lease> take(Lease last, UUID worker, Duration time) {
        boolean isOurs = sql.sql("""
                update training set state = 'RUNNING', token = token + 1, worker = ?, attempts = attempts + 1,
                    started_at = coalesce(started_at, current_timestamp), leased_until = %s
                where id = ? and token = ? and state in ('QUEUED', 'RUNNING')""".formatted(after(time)))
                .params(worker, last.training(), last.token()).update() > 0;
        return isOurs ? Optional.of(new Lease(last.training(), last.token() + 1, last.owner(), last.priority())) : Optional.empty();
    }

    private static String after(Duration time) {
        return "current_timestamp + interval '" + time.toMillis() / 1e3 + "' second";
    }

    /** Of each owner no more are read than may be taken up: the time this takes does not rise with what else waits. */
    private List<Candidate> candidates(int most) {
        List<Candidate> candidates = new ArrayList<>(sql.sql(CANDIDATE + """
                where state = 'RUNNING' and (leased_until is null or leased_until < current_timestamp)
                order by cancel_requested desc, priority desc, created_at, id limit ?""").param(most).query(Candidate::read).list());
        if (candidates.size() < most) {
            waiting(most).sorted(Turn.ORDER).limit(most - candidates.size()).map(Turn::candidate).forEach(candidates::add);
        }
        return candidates;
    }

    private Stream<Turn> waiting(int most) {
        var running = new HashMap<String, Long>();
        sql.sql("select owner, count(*) as running from training where state = 'RUNNING' and leased_until >= current_timestamp "
                + "group by owner").query(row -> {
                    running.put(row.getString("owner"), row.getLong("running"));
                });
        return Stream.of(true, false).flatMap(isCancelRequested -> sql.sql("select distinct owner from training "
                + "where state = 'QUEUED' and cancel_requested = ?").param(isCancelRequested).query(String.class).list().stream()
                .flatMap(owner -> {
                    List<Candidate> own = sql.sql(CANDIDATE + """
                            where state = 'QUEUED' and cancel_requested = ? and owner = ?
                            order by priority desc, token, due_at, id limit ?""")
                            .params(isCancelRequested, owner, most).query(Candidate::read).list();
                    return IntStream.range(0, own.size()).mapToObj(i -> new Turn(own.get(i), running.getOrDefault(owner, 0L) + i));
                }));
    }

    private Optional<Candidate> candidate(UUID training) {
        return sql.sql(CANDIDATE + """
                where id = ? and (state = 'QUEUED' or state = 'RUNNING' and (leased_until is null or leased_until < current_timestamp))""")
                .param(training).query(Candidate::read).optional();
    }

    /** The training that would be taken up next of others than these, if there is one. */
    public Optional<Lease> next(Set<UUID> without) {
        return candidates(1 + without.size()).stream().map(Candidate::lease)
                .filter(lease -> !without.contains(lease.training())).findFirst();
    }

    /** The training, if nobody runs it and it may be run. */
    public Optional<Lease> free(UUID training) {
        return candidate(training).map(Candidate::lease);
    }

    /**
     * What is asked of a training that runs.
     *
     * @param cancel that it ends after the epochs that it has made, be it that others of its sweep are better
     */
    public record Wishes(boolean cancel, boolean pause) {}

    /** What is asked of the trainings that a service still runs. */
    public Map<Lease, Wishes> wishes(UUID worker) {
        var wishes = new HashMap<Lease, Wishes>();
        sql.sql("""
                select id, token, owner, priority, cancel_requested or stop_reason is not null as ends, pause_requested from training
                where worker = ? and state = 'RUNNING'""").param(worker).query(row -> {
                    wishes.put(lease(row), new Wishes(row.getBoolean("ends"), row.getBoolean("pause_requested")));
                });
        return wishes;
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(row.getObject("id", UUID.class), row.getLong("token"), new Owner(row.getString("owner")), row.getInt("priority"));
    }

    /**
     * Lets leases of a service last anew.
     *
     * @param trainings that it runs: one that it took up without coming to know of it goes to others
     */
    public void renew(UUID worker, Set<UUID> trainings, Duration time) {
        if (trainings.isEmpty()) {
            return;
        }
        sql.sql("update training set leased_until = " + after(time) + " where worker = :worker and state = 'RUNNING' and id in (:ids)")
                .param("worker", worker).param("ids", trainings).update();
    }

    /**
     * Adds the losses of the epochs that ended since the last call.
     *
     * @param epochs at least one
     * @param seconds that it has run
     * @return whether it is to end, as other trials of its sweep are better
     * @throws LostLeaseException if another service runs it, as the other methods do
     */
    @Transactional
    public boolean record(Lease lease, int firstEpoch, List<EpochLosses> epochs, double seconds) {
        update(lease, progress(sql.sql("update training set attempts = 0, seconds = ?, " + PROGRESS + HELD).param(seconds),
                firstEpoch, epochs));
        return add(lease, firstEpoch, epochs);
    }

    private StatementSpec progress(StatementSpec update, int firstEpoch, List<EpochLosses> epochs) {
        EpochLosses last = epochs.getLast();
        return update.param(firstEpoch + epochs.size() - 1).param(last.loss())
                .param(last.validation().isPresent() ? last.validation().getAsDouble() : null)
                .param(NamedNumbers.json(json, last.coefficients())).param(Times.sql(Times.now()));
    }

    private boolean add(Lease lease, int firstEpoch, List<EpochLosses> epochs) {
        double[] losses = epochs.stream().mapToDouble(EpochLosses::loss).toArray();
        double[] validation = epochs.stream().flatMapToDouble(epoch -> epoch.validation().stream()).toArray();
        double[] terms = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.terms())).toArray();
        double[] multipliers = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.multipliers())).toArray();
        double[] metrics = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.metrics())).toArray();
        double[] coefficients = epochs.stream().flatMap(epoch -> epoch.coefficients().stream())
                .flatMapToDouble(values -> values.numbers().stream()).toArray();
        double[] iterations = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.iteration())).toArray();
        sql.sql("""
                insert into training_losses (training_id, first_epoch, losses, validation_losses, terms, multipliers, metrics,
                    coefficients, iterations)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(lease.training()).param(firstEpoch).param(Doubles.toBytes(losses))
                .param(validation.length == 0 ? null : Doubles.toBytes(validation))
                .param(terms.length == 0 ? null : Doubles.toBytes(terms))
                .param(multipliers.length == 0 ? null : Doubles.toBytes(multipliers))
                .param(metrics.length == 0 ? null : Doubles.toBytes(metrics))
                .param(coefficients.length == 0 ? null : Doubles.toBytes(coefficients))
                .param(iterations.length == 0 ? null : Doubles.toBytes(iterations)).update();
        return scores.add(lease.training(), firstEpoch, epochs);
    }

    /** The epochs after which a training is compared with others of its sweep: none of one that is no trial. */
    public IntPredicate comparedAfter(StoredTraining training) {
        return training.trial().map(_ -> scores.comparedAfter(training.id())).orElse(_ -> false);
    }

    /** Keeps what the training can be taken up with, in place of what was kept before. */
    @Transactional
    public void keep(Lease lease, byte[] state, double seconds) {
        update(lease, sql.sql("update training set attempts = 0, seconds = ?" + HELD).param(seconds));
        replaceState(lease.training(), Optional.of(state));
    }

    private void replaceState(UUID id, Optional<byte[]> state) {
        sql.sql("delete from training_state where training_id = ?").param(id).update();
        state.ifPresent(bytes -> sql.sql("insert into training_state (training_id, state) values (?, ?)").params(id, bytes)
                .update());
    }

    /**
     * Ends it with a model: as succeeded, also where it was stopped as a trial of a sweep, or as cancelled. Adds the losses of its
     * last epochs: all at once, as every commit waits for the disk.
     */
    @Transactional
    public void finish(Lease lease, int firstEpoch, List<EpochLosses> epochs, TrainingResult result, double seconds) {
        Optional<Stop> stop = result.cancelled() ? stopOfSweep(lease.training()) : result.stop();
        TrainingState state = result.cancelled() && stop.isEmpty() ? TrainingState.CANCELLED : TrainingState.SUCCEEDED;
        StatementSpec update = sql.sql("update training set state = ?, finished_at = ?, seconds = ?, stopped_at_epoch = ?, stop_reason = ?"
                + (epochs.isEmpty() ? "" : ", " + PROGRESS) + HELD).param(state.name()).param(Times.sql(Times.now())).param(seconds)
                .param(stop.map(Stop::epoch).orElse(null)).param(stop.map(Stop::reason).orElse(null));
        if (epochs.isEmpty()) {
            update(lease, update);
        } else {
            update(lease, progress(update, firstEpoch, epochs));
            add(lease, firstEpoch, epochs);
        }
        replaceState(lease.training(), result.state());
        lease.owner().run(() -> insertModel(lease.training(), result));
    }

    private void insertModel(UUID training, TrainingResult result) {
        Origin origin = sql.sql("select network_id, name, " + new Tags("training").column() + " from training where id = ?")
                .param(training).query(Origin::read).single();
        models.insert(origin.network(), training, origin.labels(), result, NamedNumbers.json(json, result.coefficients()));
    }

    /** What a model has of its training. */
    private record Origin(UUID network, Labels labels) {

        private static Origin read(ResultSet row, int number) throws SQLException {
            return new Origin(row.getObject("network_id", UUID.class), Tags.labels(row));
        }
    }

    private Optional<Stop> stopOfSweep(UUID id) {
        return sql.sql("select epoch, stop_reason from training where id = ? and stop_reason is not null and not cancel_requested")
                .param(id).query((row, _) -> new Stop(row.getInt("epoch"), row.getString("stop_reason"))).optional();
    }

    /** Ends it without a model. */
    @Transactional
    public void fail(Lease lease, String error) {
        update(lease, sql.sql("update training set state = 'FAILED', error = ?, finished_at = ?" + HELD)
                .param(error).param(Times.sql(Times.now())));
        replaceState(lease.training(), Optional.empty());
    }

    /** Lets any service take it up at once. */
    public void giveUp(Lease lease) {
        update(lease, sql.sql("update training set leased_until = null" + HELD));
    }

    /** Lets it wait for its turn again. */
    public void queue(Lease lease) {
        update(lease, sql.sql("update training set attempts = 0, state = 'QUEUED'" + HELD));
    }

    /** Lets it wait again as if it had not been taken up. */
    public void putBack(Lease lease) {
        update(lease, sql.sql("update training set attempts = greatest(attempts - 1, 0), state = 'QUEUED'" + HELD));
    }

    /** Lets it wait until it is told to go on, or gives it up where it is told so already. */
    @Transactional
    public void pause(Lease lease) {
        boolean isPaused = sql.sql("update training set state = 'PAUSED', pause_requested = false, attempts = 0 "
                + "where id = ? and token = ? and state = 'RUNNING' and pause_requested").params(lease.training(), lease.token())
                .update() > 0;
        if (!isPaused) {
            giveUp(lease);
        }
    }

    /** @param update lacks id and token */
    private static void update(Lease lease, StatementSpec update) {
        if (update.param(lease.training()).param(lease.token()).update() == 0) {
            throw new LostLeaseException(lease);
        }
    }
}
