package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.storage.TrainingLeases.Wishes;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.StopRule.Halving;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is stored of sweeps, on either database. */
abstract class SweepsContract extends StorageFixture {

    private static final UUID WORKER = UUID.randomUUID();

    SweepsContract(TestDatabase database) {
        super(database);
    }

    private UUID sweep(StopRule stop, SweepMetric metric, int trials, int epochs) {
        SweepPlan plan = DocumentReader.trusted("{\"values\": {\"/epochs\": [1, 2]}, \"seeds\": 3, \"search\": \"grid\"}", SweepPlan.class);
        UUID id = sweeps.insert(new Labels(Optional.of("s"), List.of("t")), new StoredSweep.Settings(plan, stop, metric));
        for (int i = 0; i < trials; i++) {
            sweeps.add(id, queued(), epochs, Map.of("/epochs", JsonNodeFactory.instance.numberNode(i)));
        }
        return id;
    }

    private List<Lease> taken() {
        return leases.take(WORKER, 1000, LEASE);
    }

    private void record(Lease lease, int first, double... losses) {
        transaction.executeWithoutResult(_ -> leases.record(lease, first, Arrays.stream(losses)
                .mapToObj(loss -> new EpochLosses(loss, new double[0], OptionalDouble.of(-loss))).toList(), 1));
    }

    private boolean ends(Lease lease) {
        return leases.wishes(WORKER).get(lease).cancel();
    }

    private void finish(Lease lease, double loss, boolean cancelled) {
        var result = new TrainingResult(new double[] {1}, loss, cancelled);
        transaction.executeWithoutResult(_ -> leases.finish(lease, 1, List.of(), result, 1));
    }

    @Test
    void aSweepIsReadAsItWasStored() {
        UUID id = sweep(new Halving(3), SweepMetric.VALIDATION_LOSS, 2, 100);
        StoredSweep sweep = sweeps.find(id).orElseThrow();
        assertThat(sweep.labels()).isEqualTo(new Labels(Optional.of("s"), List.of("t")));
        assertThat(sweep.settings().stop()).isEqualTo(new Halving(3));
        assertThat(sweep.settings().plan().seeds()).isEqualTo(3);
        assertThat(sweep.progress()).isEqualTo(new StoredSweep.Progress(Map.of(TrainingState.QUEUED, 2), 0, 200));
        assertThat(sweep.state()).isEqualTo(TrainingState.QUEUED);
        assertThat(sweep.best()).isEmpty();
        assertThat(sweeps.list(new LabelFilter(Optional.of("s"), Optional.of("t")), Optional.empty(), 9).items()).containsExactly(sweep);
        assertThat(sweeps.find(UUID.randomUUID())).isEmpty();
        assertThat(sweeps.trials(id, Optional.empty(), 9).items()).extracting(trial -> trial.training().trial().orElseThrow().values()
                .get("/epochs").toString()).containsExactly("0", "1");
    }

    @Test
    void whoIsWorseOnARungEndsAsSucceeded() {
        UUID id = sweep(new Halving(2), SweepMetric.LOSS, 4, 8);
        List<Lease> trials = taken();
        record(trials.get(0), 1, 5, 4);
        record(trials.get(1), 1, 3);
        record(trials.get(1), 2, 9);
        record(trials.get(2), 1, 6, 5, 1, 1, 1);
        assertThat(ends(trials.get(0))).isFalse();
        assertThat(ends(trials.get(1))).as("its lowest counts").isFalse();
        assertThat(ends(trials.get(2))).as("of three one goes on, and what comes later does not help").isTrue();
        finish(trials.get(2), 1, true);
        StoredTraining stopped = trainings.find(trials.get(2).training()).orElseThrow();
        assertThat(stopped.state()).isEqualTo(TrainingState.SUCCEEDED);
        assertThat(stopped.modelId()).isPresent();
        assertThat(stopped.stop()).hasValueSatisfying(stop -> {
            assertThat(stop.epoch()).isEqualTo(5);
            assertThat(stop.reason()).contains("the lowest loss of its first 2 epochs was 5.0", "2 of 2 other trials lower");
        });
        assertThat(sweeps.find(id).orElseThrow().best().orElseThrow().training()).isEqualTo(stopped.id());
    }

    @Test
    void aTrialThatEndsByItselfOrIsCancelledBeforeItStopsIsNotStopped() {
        sweep(new Halving(2), SweepMetric.LOSS, 3, 4);
        List<Lease> trials = taken();
        record(trials.get(0), 1, 1, 1);
        record(trials.get(1), 1, 2, 2, 2, 2);
        record(trials.get(2), 1, 2, 2);
        assertThat(ends(trials.get(1))).isTrue();
        finish(trials.get(1), 2, false);
        assertThat(trainings.find(trials.get(1).training()).orElseThrow().stop()).isEmpty();
        assertThat(ends(trials.get(2))).isTrue();
        trainings.requestCancel(trials.get(2).training());
        finish(trials.get(2), 2, true);
        StoredTraining cancelled = trainings.find(trials.get(2).training()).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(cancelled.stop()).isEmpty();
    }

    /** Whatever parts the epochs are written in, the sums are the same to the last bit. */
    @Test
    void theMedianRuleSeesMeansOfAllEpochs() {
        sweep(StopRule.Named.MEDIAN, SweepMetric.LOSS, 4, 20);
        List<Lease> trials = taken();
        record(trials.get(0), 1, 0.1, 0.2, 0.3);
        for (int epoch = 1; epoch <= 3; epoch++) {
            record(trials.get(1), epoch, 0.1 * epoch);
        }
        record(trials.get(2), 1, 9, 9, 9);
        assertThat(sql.sql("select mean from trial_score where epoch = 3 and training_id = ?").param(trials.get(0).training())
                .query(Double.class).single()).isEqualTo((0.1 + 0.2 + 0.3) / 3);
        record(trials.get(3), 1, 0.25, 0.3, 0.21);
        assertThat(ends(trials.get(3))).as("0.25 is above the median 0.1 after the first epoch").isTrue();
        assertThat(sql.sql("select count(*) from trial_score where training_id = ?").param(trials.get(3).training())
                .query(Integer.class).single()).as("and is not compared any more").isEqualTo(1);
        assertThat(trials.subList(0, 3)).noneMatch(this::ends);
    }

    @Test
    void aSweepByValidationIsRankedByTheLowest() {
        UUID id = sweep(new Halving(2), SweepMetric.VALIDATION_LOSS, 3, 8);
        List<Lease> trials = taken();
        record(trials.get(0), 1, 1, 3, 2);
        record(trials.get(1), 1, 5, 4);
        finish(trials.get(1), 0.1, false);
        transaction.executeWithoutResult(_ -> leases.fail(trials.get(0), "it diverged"));
        List<RankedTrial> ranked = sweeps.trials(id, Optional.empty(), 9).items();
        assertThat(ranked).extracting(trial -> trial.training().id()).containsExactly(trials.get(1).training(),
                trials.get(2).training(), trials.get(0).training());
        assertThat(ranked).extracting(RankedTrial::loss).containsExactly(OptionalDouble.of(-5), OptionalDouble.empty(),
                OptionalDouble.of(-3));
        assertThat(sweeps.find(id).orElseThrow().best().orElseThrow().loss()).isEqualTo(-5);
        assertThat(sweeps.find(id).orElseThrow().state()).isEqualTo(TrainingState.RUNNING);
    }

    @Test
    void aPageBeginsBehindTheLastTrialWhereverThatIs() {
        UUID id = sweep(StopRule.Named.NONE, SweepMetric.LOSS, 4, 8);
        List<Lease> trials = taken();
        IntStream.range(0, 4).forEach(i -> record(trials.get(i), 1, i));
        Slice<RankedTrial> first = sweeps.trials(id, Optional.empty(), 2);
        assertThat(first.items()).extracting(trial -> trial.training().id()).containsExactly(trials.get(0).training(),
                trials.get(1).training());
        record(trials.get(1), 2, 2.5);
        Slice<RankedTrial> second = sweeps.trials(id, first.next(), 2);
        assertThat(second.items()).extracting(trial -> trial.training().id()).containsExactly(trials.get(3).training());
        assertThat(second.items().getFirst().rank()).isEqualTo(4);
        assertThat(second.next()).isEmpty();
    }

    /** As many as there would be one after the other, whatever the order. */
    @Test
    void comparisonsOfSeveralServicesAtOnceSeeEachOther() throws Exception {
        sweep(new Halving(2), SweepMetric.LOSS, 16, 4);
        List<Lease> trials = taken();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < trials.size(); i++) {
                int number = i;
                calls.add(() -> {
                    record(trials.get(number), 1, number);
                    return true;
                });
            }
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
        }
        assertThat(sql.sql("select count(*) from trial_score where epoch = 1").query(Integer.class).single()).isEqualTo(16);
        assertThat(ends(trials.getFirst())).as("the best is never worse than half").isFalse();
        assertThat(ends(trials.getLast())).as("the worst is, unless it came first").isEqualTo(cameFirst() != 15);
    }

    private int cameFirst() {
        return sql.sql("select count(*) from training where stop_reason is null and trial = 15").query(Integer.class).single() == 1 ? 15 : 0;
    }

    @Test
    void whatIsUnfinishedIsCancelledAndNotDeleted() {
        UUID id = sweep(StopRule.Named.NONE, SweepMetric.LOSS, 3, 8);
        List<Lease> trials = leases.take(WORKER, 1, LEASE);
        finish(trials.getFirst(), 1, false);
        assertThatThrownBy(() -> sweeps.delete(id)).isInstanceOf(InUseException.class);
        List<UUID> unfinished = sweeps.requestCancel(id);
        assertThat(unfinished).hasSize(2).doesNotContain(trials.getFirst().training());
        unfinished.forEach(trainings::requestCancel);
        StoredSweep sweep = sweeps.find(id).orElseThrow();
        assertThat(sweep.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(sweep.progress().counts()).isEqualTo(Map.of(TrainingState.SUCCEEDED, 1, TrainingState.CANCELLED, 2));
        assertThat(sweeps.requestCancel(id)).isEmpty();
        UUID model = sweep.best().orElseThrow().model();
        StoredEnsemble ensemble = ensembles.insert(Labels.NONE, List.of(model, model(2)));
        assertThatThrownBy(() -> sweeps.delete(id)).isInstanceOf(InUseException.class).hasMessageContaining("ensembles");
        assertThatThrownBy(() -> models.delete(model)).isInstanceOf(InUseException.class);
        assertThatThrownBy(() -> trainings.delete(trials.getFirst().training())).isInstanceOf(InUseException.class);
        assertThat(ensembles.find(ensemble.id())).contains(ensemble);
        ensembles.delete(ensemble.id());
        assertThat(sweeps.delete(id)).isTrue();
        assertThat(sweeps.find(id)).isEmpty();
        assertThat(models.find(model)).isEmpty();
        assertThatThrownBy(() -> ensembles.insert(Labels.NONE, List.of(model))).isInstanceOf(DeletedException.class);
    }

    private UUID model(double loss) {
        Lease lease = taken(queued());
        finish(lease, loss, false);
        return trainings.find(lease.training()).orElseThrow().modelId().orElseThrow();
    }

    @Test
    void stoppingGoesOnWhereAServiceEnded() {
        sweep(new Halving(2), SweepMetric.LOSS, 2, 8);
        List<Lease> trials = taken();
        record(trials.get(0), 1, 1, 1, 1, 1);
        record(trials.get(1), 1, 2, 2, 2, 2);
        leases.giveUp(trials.get(1));
        Lease again = leases.take(WORKER, 1, LEASE).getFirst();
        assertThat(again.training()).isEqualTo(trials.get(1).training());
        assertThat(leases.wishes(WORKER)).containsEntry(again, new Wishes(true, false));
    }
}
