package dev.nabla.storage;

import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingResult.Stop;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    private static final String IS_FREE = "t.state in ('QUEUED', 'RUNNING') and (t.state = 'QUEUED' or "
            + "t.leased_until is null or t.leased_until < current_timestamp)";

    private final JdbcClient sql;
    private final JsonMapper json;
    private final Trainings trainings;
    private final Models models;
    private final TrialScores scores;

    TrainingLeases(JdbcClient sql, JsonMapper json, Trainings trainings, Models models, TrialScores scores) {
        this.sql = sql;
        this.json = json;
        this.trainings = trainings;
        this.models = models;
        this.scores = scores;
    }

    /** A training that may be run, as it was when it was looked for. */
    private record Candidate(Lease lease, boolean isPauseRequested, int attempts) {}

    /**
     * Takes up trainings that nobody runs. First those whose service is gone, then those that were told to end, then by turns
     * those of every owner, beginning with the owner of whom the fewest are run: of the highest priority, taken up least
     * often, oldest.
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
            Lease lease = candidate.lease();
            boolean isPaused = candidate.isPauseRequested();
            boolean isHopeless = candidate.attempts() >= MOST_ATTEMPTS;
            boolean isOurs = sql.sql("""
                    update training set state = 'RUNNING', token = token + 1, worker = ?, attempts = attempts + 1,
                        started_at = coalesce(started_at, current_timestamp), leased_until = %s
                    where id = ? and token = ? and state in ('QUEUED', 'RUNNING')""".formatted(after(time)))
                    .params(worker, lease.training(), lease.token()).update() > 0;
            var own = new Lease(lease.training(), lease.token() + 1, lease.owner(), lease.priority());
            if (isOurs && isPaused) {
                pause(own);
            } else if (isOurs && isHopeless) {
                fail(own, "the services that ran this training ended " + MOST_ATTEMPTS + " times before it got any further");
            } else if (isOurs) {
                taken.add(own);
            }
        }
        return taken;
    }

    private static String after(Duration time) {
        return "current_timestamp + interval '" + time.toMillis() / 1e3 + "' second";
    }

    private List<Candidate> candidates(int most) {
        return sql.sql("""
                select t.id, t.token, t.owner, t.priority, t.pause_requested, t.attempts
                from training t left join (select owner, count(*) as running from training
                    where state = 'RUNNING' and leased_until >= current_timestamp group by owner) r on r.owner = t.owner
                where %s
                order by case t.state when 'RUNNING' then 0 else 1 end, t.cancel_requested desc,
                    coalesce(r.running, 0) + row_number() over (partition by t.state, t.cancel_requested, t.owner
                        order by t.priority desc, t.token, t.created_at, t.id), t.priority desc, t.created_at, t.id
                limit ?""".formatted(IS_FREE)).param(most)
                .query((row, _) -> candidate(row)).list();
    }

    private Optional<Candidate> candidate(UUID training) {
        return sql.sql("select t.id, t.token, t.owner, t.priority, t.pause_requested, t.attempts from training t where "
                + IS_FREE + " and t.id = ?").param(training).query((row, _) -> candidate(row)).optional();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(lease(row), row.getBoolean("pause_requested"), row.getInt("attempts"));
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

    /** Lets all leases of a service last anew. */
    public void renew(UUID worker, Duration time) {
        sql.sql("update training set leased_until = " + after(time) + " where worker = ? and state = 'RUNNING'").param(worker).update();
    }

    /**
     * Adds the losses of the epochs that ended since the last call.
     *
     * @param epochs at least one
     * @param seconds that it has run
     * @throws LostLeaseException if another service runs it, as the other methods do
     */
    @Transactional
    public void record(Lease lease, int firstEpoch, List<EpochLosses> epochs, double seconds) {
        double[] losses = epochs.stream().mapToDouble(EpochLosses::loss).toArray();
        double[] validation = epochs.stream().flatMapToDouble(epoch -> epoch.validation().stream()).toArray();
        double[] terms = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.terms())).toArray();
        double[] multipliers = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.multipliers())).toArray();
        double[] metrics = epochs.stream().flatMapToDouble(epoch -> Arrays.stream(epoch.metrics())).toArray();
        double[] coefficients = epochs.stream().flatMap(epoch -> epoch.coefficients().stream())
                .flatMapToDouble(values -> values.numbers().stream()).toArray();
        update(lease, sql.sql("""
                update training set attempts = 0, seconds = ?, epoch = ?, loss = ?, validation_loss = ?, coefficients = ?,
                    progress_at = ? where id = ? and token = ? and state = 'RUNNING'""")
                .param(seconds).param(firstEpoch + losses.length - 1).param(losses[losses.length - 1])
                .param(validation.length == 0 ? null : validation[validation.length - 1])
                .param(NamedNumbers.json(json, epochs.getLast().coefficients())).param(Times.sql(Times.now())));
        sql.sql("""
                insert into training_losses (training_id, first_epoch, losses, validation_losses, terms, multipliers, metrics,
                    coefficients)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(lease.training()).param(firstEpoch).param(Doubles.toBytes(losses))
                .param(validation.length == 0 ? null : Doubles.toBytes(validation))
                .param(terms.length == 0 ? null : Doubles.toBytes(terms))
                .param(multipliers.length == 0 ? null : Doubles.toBytes(multipliers))
                .param(metrics.length == 0 ? null : Doubles.toBytes(metrics))
                .param(coefficients.length == 0 ? null : Doubles.toBytes(coefficients)).update();
        scores.add(lease.training(), firstEpoch, epochs);
    }

    /** Keeps what the training can be taken up with, in place of what was kept before. */
    @Transactional
    public void keep(Lease lease, byte[] state, double seconds) {
        update(lease, sql.sql("update training set attempts = 0, seconds = ? where id = ? and token = ? and state = 'RUNNING'")
                .param(seconds));
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
        if (!epochs.isEmpty()) {
            record(lease, firstEpoch, epochs, seconds);
        }
        Optional<Stop> stop = result.cancelled() ? stopOfSweep(lease.training()) : result.stop();
        end(lease, result.cancelled() && stop.isEmpty() ? TrainingState.CANCELLED : TrainingState.SUCCEEDED, Optional.empty());
        replaceState(lease.training(), result.state());
        sql.sql("update training set seconds = ?, stopped_at_epoch = ?, stop_reason = ? where id = ?").param(seconds)
                .param(stop.map(Stop::epoch).orElse(null)).param(stop.map(Stop::reason).orElse(null)).param(lease.training())
                .update();
        lease.owner().run(() -> models.insert(trainings.find(lease.training()).orElseThrow(), result,
                NamedNumbers.json(json, result.coefficients())));
    }

    private Optional<Stop> stopOfSweep(UUID id) {
        return sql.sql("select epoch, stop_reason from training where id = ? and stop_reason is not null and not cancel_requested")
                .param(id).query((row, _) -> new Stop(row.getInt("epoch"), row.getString("stop_reason"))).optional();
    }

    /** Ends it without a model. */
    @Transactional
    public void fail(Lease lease, String error) {
        end(lease, TrainingState.FAILED, Optional.of(error));
        replaceState(lease.training(), Optional.empty());
    }

    private void end(Lease lease, TrainingState state, Optional<String> error) {
        update(lease, sql.sql("""
                update training set state = ?, error = ?, finished_at = ? where id = ? and token = ? and state = 'RUNNING'""")
                .param(state.name()).param(error.orElse(null)).param(Times.sql(Times.now())));
    }

    /** Lets any service take it up at once. */
    public void giveUp(Lease lease) {
        update(lease, sql.sql("update training set leased_until = null where id = ? and token = ? and "
                + "state = 'RUNNING'"));
    }

    /** Lets it wait for its turn again. */
    public void queue(Lease lease) {
        update(lease, sql.sql("update training set attempts = 0, state = 'QUEUED' where id = ? and token = ? and "
                + "state = 'RUNNING'"));
    }

    /** Lets it wait again as if it had not been taken up. */
    public void putBack(Lease lease) {
        update(lease, sql.sql("update training set attempts = greatest(attempts - 1, 0), state = 'QUEUED' where id = ? and token = ? and "
                + "state = 'RUNNING'"));
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
