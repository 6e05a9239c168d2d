package dev.nabla.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerState.SettableSchedulerState;
import dev.nabla.datasets.Samples;
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
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Trainings;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Trainings of y = W x + b on the single sample (0, 1): of the loss (b − 1)² only b is changed. */
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
    private Scheduler scheduler;

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
        while (trainings.find(id).orElseThrow().progress().epoch() == 0) {
            Thread.onSpinWait();
        }
        assertThat(trainings.requestCancel(id)).isTrue();
        StoredTraining training = ended(id);
        assertThat(training.state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(training.modelId()).isPresent();
        assertThat(trainings.losses(id)).hasSize(training.progress().epoch());
    }

    @Test
    void lossesAreWrittenOnceAndInTheirOrder() {
        UUID id = waiting();
        var progress = new RecordedProgress(id, 0, trainings, new SettableSchedulerState());
        progress.flush();
        assertThat(trainings.losses(id)).isEmpty();
        progress.epochFinished(1, epoch(0.5));
        progress.epochFinished(2, epoch(0.25));
        progress.flush();
        progress.epochFinished(3, epoch(0.125));
        progress.flush();
        progress.flush();
        assertThat(trainings.losses(id)).containsExactly(0.5, 0.25, 0.125);
        assertThat(trainings.find(id).orElseThrow().progress().epoch()).isEqualTo(3);
    }

    @Test
    void whileTheServiceStopsATrainingEndsInTheEpochItIsIn() {
        UUID id = waiting();
        var service = new SettableSchedulerState();
        var progress = new RecordedProgress(id, 0, trainings, service);
        progress.epochFinished(1, epoch(0.5));
        progress.flush();
        progress.epochFinished(2, epoch(0.25));
        service.setIsShuttingDown();
        assertThatThrownBy(() -> {
            while (!progress.isCancelled()) {
                Thread.onSpinWait();
            }
        }).isInstanceOf(RecordedProgress.ServiceStoppedException.class)
                .hasMessage("the service was stopped in epoch 3");
    }

    @Test
    void aTrainingGoesOnUntilItIsCancelled() {
        UUID id = waiting();
        var progress = new RecordedProgress(id, 0, trainings, new SettableSchedulerState());
        progress.epochFinished(1, epoch(0.5));
        while (trainings.losses(id).length == 0) {
            assertThat(progress.isCancelled()).isFalse();
        }
        assertThat(trainings.requestCancel(id)).isTrue();
        while (!progress.isCancelled()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aTrainingThatCannotBeRunFailsOnceAndForAll() {
        UUID id = queue.submit(network(), Optional.of(dataset(1)), Labels.NONE, settings(Loss.MSE, 1, 0.25), "abandoned", Beginning.DRAWN);
        StoredTraining training = ended(id);
        assertThat(training.state()).isEqualTo(TrainingState.FAILED);
        assertThat(training.error()).hasValue("an unexpected error");
        while (scheduler.getScheduledExecution(TrainingJob.TASK.instanceId(id.toString())).isPresent()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void enginesAreFoundByTheirNames() {
        assertThat(EngineName.values()).allSatisfy(name ->
                assertThat(engines.named(name).name()).isEqualTo(Words.of(EngineName.class).word(name)));
        assertThat(engines.byDefault().name()).isEqualTo("auto");
    }

    private StoredTraining ended(UUID id) {
        StoredTraining training = trainings.find(id).orElseThrow();
        while (!training.state().isFinished()) {
            Thread.onSpinWait();
            training = trainings.find(id).orElseThrow();
        }
        return training;
    }

    private static EpochLosses epoch(double loss) {
        return new EpochLosses(loss, new double[0], OptionalDouble.empty());
    }

    private UUID submit(Objective loss, int epochs, double learningRate, Optional<double[]> initialParameters) {
        return queue.submit(network(), Optional.of(dataset(1)), Labels.NONE, settings(loss, epochs, learningRate), "kernels",
                new Beginning(initialParameters, Optional.empty(), List.of()));
    }

    /** One that is stored but in no queue. */
    private UUID waiting() {
        return trainings.insert(network(), Optional.of(dataset(1)), Labels.NONE, settings(Loss.MSE, 3, 0.25), "auto", Beginning.DRAWN);
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
