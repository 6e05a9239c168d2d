package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.sweeps.Score;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How trials stand after those epochs after which they are compared, and which of them end for it. Whoever writes what a trial
 * has reached decides, by what is stored: comparisons of one sweep happen one after the other, whichever services write, and
 * of the same order of writing the same trials end.
 */
@Repository
class TrialScores {

    private final JdbcClient sql;

    TrialScores(JdbcClient sql) {
        this.sql = sql;
    }

    /** A trial as it was before these epochs. */
    private record Standing(UUID sweep, StopRule rule, SweepMetric metric, StopRule.Extent extent, double lowest, double sum,
            boolean stopped) {}

    private Optional<Standing> standing(UUID training) {
        return sql.sql("""
                select sweep.id, sweep.stop, sweep.metric, sweep.epochs, sweep.trials, t.metric_lowest, t.metric_sum, t.stop_reason
                from training t join sweep on sweep.id = t.sweep_id where t.id = ?""").param(training).query(TrialScores::read).optional();
    }

    /** The epochs after which a trial is compared. */
    IntPredicate comparedAfter(UUID training) {
        return standing(training).<IntPredicate>map(trial -> epoch -> trial.rule().comparesAfter(epoch, trial.extent()))
                .orElse(_ -> false);
    }

    /**
     * Adds epochs to what is known of a training, if it is a trial, and notes where that ends it, unless it has ended.
     * In the transaction in which the epochs are written, which has the training's row.
     *
     * @param first the number of the first of these epochs, from 1
     * @return whether it ends
     */
    boolean add(UUID training, int first, List<EpochLosses> epochs) {
        Optional<Standing> found = standing(training);
        if (found.isEmpty()) {
            return false;
        }
        Standing before = found.get();
        double lowest = before.lowest();
        double sum = before.sum();
        Optional<String> verdict = Optional.empty();
        for (int i = 0; i < epochs.size(); i++) {
            double metric = before.metric().of(epochs.get(i));
            lowest = Math.min(lowest, metric);
            sum += metric;
            int epoch = first + i;
            if (!before.stopped() && verdict.isEmpty() && before.rule().comparesAfter(epoch, before.extent())) {
                verdict = verdict(before, training, epoch, new Score(lowest, sum / epoch));
            }
        }
        sql.sql("""
                update training set metric_lowest = ?, metric_sum = ?,
                    stop_reason = case when state = 'RUNNING' then coalesce(stop_reason, ?) else stop_reason end
                where id = ?""").param(lowest).param(sum).param(verdict.orElse(null)).param(training).update();
        return before.stopped() || verdict.isPresent();
    }

    private Optional<String> verdict(Standing trial, UUID training, int epoch, Score score) {
        sql.sql("select id from sweep where id = ? for update").param(trial.sweep()).query().listOfRows();
        List<Score> others = sql.sql("select lowest, mean from trial_score where sweep_id = ? and epoch = ?")
                .params(trial.sweep(), epoch).query((row, _) -> new Score(row.getDouble("lowest"), row.getDouble("mean"))).list();
        sql.sql("insert into trial_score (sweep_id, epoch, training_id, lowest, mean) values (?, ?, ?, ?, ?)")
                .params(trial.sweep(), epoch, training, score.lowest(), score.mean()).update();
        return trial.rule().verdict(epoch, score, others);
    }

    private static Standing read(ResultSet row, int number) throws SQLException {
        OptionalDouble lowest = Trainings.number(row, "metric_lowest");
        return new Standing(row.getObject("id", UUID.class), DocumentReader.trusted(row.getString("stop"), StopRule.class),
                SweepMetric.valueOf(row.getString("metric")), new StopRule.Extent(row.getInt("epochs"), row.getInt("trials")),
                lowest.orElse(Double.POSITIVE_INFINITY), row.getDouble("metric_sum"), row.getString("stop_reason") != null);
    }
}
