package dev.nabla.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.ServiceInThisProcess;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.documents.Words;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredSweep;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Sweeps;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Trainings of y = W x + b on the single sample (0, 1): of the loss (b − 1)² only b is changed. */
@ServiceInThisProcess
@SpringBootTest(properties =
    "spring.datasource.url=jdbc:h2:mem:jobs;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
class TrainingJobTest {

    @Autowired
    private TrainingQueue queue;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Models models;

    @Autowired
    private Networks networks;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Engines engines;

    @Autowired
    private Sweeps sweeps;

    @Autowired
    private JdbcClient sql;

    @Autowired
    private TransactionTemplate transaction;

    /** With a learning rate of ¼ each step halves the distance of b from 1. */
    @Test
    void aTrainingOfTheQueueLeavesALossForEveryEpochAndAModel() {
        StoredTraining training = ended(submit(Loss.MSE, 3, 0.25, Optional.of(new double[] {0.5, 0})));
        assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
        assertThat(training.progress().epoch()).isEqualTo(3);
        assertThat(trainings.losses(training.id())).hasSize(3);
        assertThat(models.parameters(training.modelId().orElseThrow()))
                .hasValueSatisfying(p -> assertThat(p).containsExactly(0.5, 0.875));
    }

    @Test
    void withoutParametersToStartFromTheSeedDecidesThem() {
        StoredTraining training = ended(submit(Loss.MSE, 1, 0.25, Optional.empty()));
        assertThat(models.parameters(training.modelId().orElseThrow()))
                .hasValueSatisfying(p -> assertThat(p[0]).isNotZero().isBetween(-2.0, 2.0))
                .hasValueSatisfying(p -> assertThat(p[1]).isEqualTo(0.5));
    }

    @Test
    void theTermsOfALossAreComputedOnTheDatasetsTheyName() {
        UUID other = dataset(-1);
        var loss = new EquationLoss(List.of(new LossTerm("outputs.y - targets.y", Optional.of(other), 1)));
        StoredTraining training = ended(submit(loss, 3, 0.25, Optional.of(new double[] {0.5, 0})));
        assertThat(models.parameters(training.modelId().orElseThrow()))
                .hasValueSatisfying(p -> assertThat(p).containsExactly(0.5, -0.875));
    }

    @Test
    void aTrainingThatDivergesFailsWithTheReasonAndKeepsTheLossesBefore() {
        StoredTraining training = ended(submit(Loss.MSE, 1000, 1e100, Optional.of(new double[] {0.5, 0})));
        assertThat(training.state()).isEqualTo(TrainingState.FAILED);
        assertThat(training.error().orElseThrow()).matches("the (loss|gradient) became .* in epoch \\d.*");
        assertThat(training.modelId()).isEmpty();
        assertThat(trainings.losses(training.id())).hasSize(training.progress().epoch()).isNotEmpty();
    }

    @Test
    void aRunningTrainingThatIsCancelledLeavesWhatItReached() {
        UUID id = submit(Loss.MSE, 100_000_000, 0.25, Optional.of(new double[] {0.5, 0}));
        awaitProgress(id);
        assertThat(queue.cancel(id)).isTrue();
        StoredTraining training = ended(id);
        assertThat(training.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(training.modelId()).isPresent();
        assertThat(trainings.losses(id)).hasSize(training.progress().epoch());
    }

    @Test
    void aPausedTrainingGoesOnAsIfNothingHadHappened() {
        StoredTraining whole = ended(submit(Loss.MSE, 500_000, 0.25, Optional.of(new double[] {0.5, 5})));
        UUID id = submit(Loss.MSE, 500_000, 0.25, Optional.of(new double[] {0.5, 5}));
        int pauses = 0;
        for (int epoch = 0; pauses < 5 && !trainings.find(id).orElseThrow().state().isFinished();) {
            awaitEpoch(id, epoch + 1);
            queue.pause(id);
            StoredTraining paused = awaited(id, state -> state == TrainingState.PAUSED || state.isFinished());
            if (paused.state() == TrainingState.PAUSED) {
                pauses++;
                epoch = paused.progress().epoch();
                assertThat(trainings.losses(id)).hasSize(epoch);
                queue.resume(id);
            }
        }
        assertThat(pauses).isPositive();
        StoredTraining resumed = ended(id);
        assertThat(resumed.state()).isEqualTo(TrainingState.SUCCEEDED);
        assertThat(trainings.losses(id)).isEqualTo(trainings.losses(whole.id()));
        assertThat(models.parameters(resumed.modelId().orElseThrow()).orElseThrow())
                .isEqualTo(models.parameters(whole.modelId().orElseThrow()).orElseThrow());
    }

    @Test
    void aPausedTrainingThatIsCancelledLeavesWhatItReached() {
        UUID id = submit(Loss.MSE, 100_000_000, 0.25, Optional.of(new double[] {0.5, 0}));
        awaitProgress(id);
        queue.pause(id);
        int epochs = awaited(id, state -> state == TrainingState.PAUSED).progress().epoch();
        queue.cancel(id);
        StoredTraining training = ended(id);
        assertThat(training.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(training.modelId()).isPresent();
        assertThat(training.progress().epoch()).isGreaterThanOrEqualTo(epochs);
    }

    /** More than there are processors, none of which would end by itself, and one that does. */
    @Test
    void aShortTrainingDoesNotWaitForLongOnes() {
        List<UUID> others = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .mapToObj(_ -> submit(Loss.MSE, 100_000_000, 0.25, Optional.empty())).toList();
        assertThat(ended(submit(Loss.MSE, 3, 0.25, Optional.empty())).state()).isEqualTo(TrainingState.SUCCEEDED);
        others.forEach(this::awaitProgress);
        others.forEach(queue::cancel);
        others.forEach(id -> assertThat(ended(id).state()).isEqualTo(TrainingState.CANCELLED));
    }

    /** More than are in memory at a time: one of them makes room. */
    @Test
    void aShortTrainingDoesNotWaitForAsManyLongOnesAsThereIsRoomFor() {
        List<UUID> others = IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors() + 1)
                .mapToObj(_ -> submit(Loss.MSE, 100_000_000, 0.25, Optional.empty())).toList();
        assertThat(ended(submit(Loss.MSE, 3, 0.25, Optional.empty())).state()).isEqualTo(TrainingState.SUCCEEDED);
        others.forEach(queue::cancel);
        others.forEach(id -> assertThat(ended(id).state()).isEqualTo(TrainingState.CANCELLED));
    }

    @Test
    void whatIsPostedIsTakenUpWithTheTransactionThatStoresIt() {
        requireTakenUpAsItIsPosted();
    }

    private void requireTakenUpAsItIsPosted() {
        UUID id = transaction.execute(_ -> {
            UUID posted = submit(Loss.MSE, 3, 0.25, Optional.empty());
            beforeCommit(() -> assertThat(trainings.find(posted).orElseThrow().state()).isEqualTo(TrainingState.RUNNING));
            return posted;
        });
        assertThat(ended(id).state()).isEqualTo(TrainingState.SUCCEEDED);
    }

    /** More often than there is room: whatever is not stored leaves its place. */
    @Test
    void whatIsPostedAndNotStoredTakesNoPlace() {
        for (int i = 0; i <= 4 * Runtime.getRuntime().availableProcessors(); i++) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                submit(Loss.MSE, 3, 0.25, Optional.empty());
                beforeCommit(() -> {
                    throw new IllegalStateException("not stored");
                });
            })).hasMessage("not stored");
        }
        requireTakenUpAsItIsPosted();
    }

    private static void beforeCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                action.run();
            }
        });
    }

    /** Far too short to be looked after meanwhile: the second is compared with the first, which has ended. */
    @Test
    void aTrialIsComparedAsSoonAsItComesToARung() {
        UUID sweep = sweeps.insert(Labels.NONE, new StoredSweep.Settings(DocumentReader.trusted(
                "{\"values\": {\"/seed\": [1, 2]}, \"seeds\": 1, \"search\": \"grid\"}", SweepPlan.class),
                new StopRule.Halving(2), SweepMetric.LOSS));
        List<UUID> trials = transaction.execute(_ -> Stream.of(0.25, 1e-6).map(learningRate -> {
            UUID trial = submit(Loss.MSE, 20, learningRate, Optional.of(new double[] {0.5, 0}));
            sweeps.add(sweep, trial, 20, Map.of());
            trainings.requestPause(trial);
            return trial;
        }).toList());
        trials.forEach(trial -> {
            queue.resume(trial);
            ended(trial);
        });
        assertThat(trials).extracting(trial -> trainings.find(trial).orElseThrow()).satisfiesExactly(
                better -> assertThat(better.stop()).isEmpty(),
                worse -> assertThat(worse.stop().orElseThrow().epoch()).isEqualTo(10));
        assertThat(trainings.losses(trials.getLast())).hasSize(10);
    }

    @Test
    void aTrainingThatAnotherServiceRunsByNowIsLeft() {
        UUID id = submit(Loss.MSE, 100_000_000, 0.25, Optional.of(new double[] {0.5, 0}));
        awaitProgress(id);
        sql.sql("update training set token = token + 1, worker = ?, leased_until = current_timestamp + interval '1' hour where id = ?")
                .params(UUID.randomUUID(), id).update();
        int epochs = trainings.find(id).orElseThrow().progress().epoch();
        ended(submit(Loss.MSE, 100_000, 0.25, Optional.empty()));
        assertThat(trainings.find(id).orElseThrow().progress().epoch()).isEqualTo(epochs);
        sql.sql("update training set leased_until = null where id = ?").param(id).update();
        queue.cancel(id);
        assertThat(ended(id).state()).isEqualTo(TrainingState.CANCELLED);
    }

    @Test
    void aTrainingThatCannotBeRunFailsOnceAndForAll() {
        UUID id = queue.submit(network(), Optional.of(dataset(1)), Labels.NONE, settings(Loss.MSE, 1, 0.25), "abandoned", 5,
                Beginning.DRAWN, Duration.ZERO);
        StoredTraining training = ended(id);
        assertThat(training.state()).isEqualTo(TrainingState.FAILED);
        assertThat(training.error()).hasValue("an unexpected error");
    }

    @Test
    void enginesAreFoundByTheirNames() {
        assertThat(EngineName.values()).allSatisfy(name ->
                assertThat(engines.named(name).name()).isEqualTo(Words.of(EngineName.class).word(name)));
        assertThat(engines.byDefault().name()).isEqualTo("auto");
    }

    private StoredTraining ended(UUID id) {
        return awaited(id, TrainingState::isFinished);
    }

    private void awaitProgress(UUID id) {
        awaitEpoch(id, 1);
    }

    private void awaitEpoch(UUID id, int epoch) {
        while (trainings.find(id).filter(found -> found.progress().epoch() < epoch && !found.state().isFinished()).isPresent()) {
            Thread.onSpinWait();
        }
    }

    private StoredTraining awaited(UUID id, Predicate<TrainingState> isAwaited) {
        StoredTraining training = trainings.find(id).orElseThrow();
        while (!isAwaited.test(training.state())) {
            Thread.onSpinWait();
            training = trainings.find(id).orElseThrow();
        }
        return training;
    }

    private UUID submit(Objective loss, int epochs, double learningRate, Optional<double[]> initialParameters) {
        return queue.submit(network(), Optional.of(dataset(1)), Labels.NONE, settings(loss, epochs, learningRate), "kernels",
                5, new Beginning(initialParameters, Optional.empty(), List.of()), Duration.ZERO);
    }

    private static TrainingSettings settings(Objective loss, int epochs, double learningRate) {
        return new TrainingSettings(loss, epochs, 1, true, 1,
                new GradientDescentSettings(learningRate, LearningRateSchedule.CONSTANT));
    }

    private UUID network() {
        return networks.insert(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
                List.of(DenseLayer.of(1, Activation.IDENTITY)))).id();
    }

    private UUID dataset(double y) {
        return datasets.insert(new Samples(List.of("x"), List.of("y"), new double[1], new double[] {y})).id();
    }
}
