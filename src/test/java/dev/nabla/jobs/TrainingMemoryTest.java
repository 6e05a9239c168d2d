package dev.nabla.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceInThisProcess;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service whose trainings may hold 32 MB together. */
@ServiceInThisProcess
@SpringBootTest(properties = {"nabla.trainings.max-memory=32MB", "nabla.trainings.memory-patience=1s",
    "nabla.trainings.state-interval=50ms",
    "spring.datasource.url=jdbc:h2:mem:memory;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class TrainingMemoryTest {

    private static final int ENDLESS = 100_000_000;
    /** Of which two have no room beside each other: 24 bytes a number to be read, 12 a row afterwards. */
    private static final int LARGE = 500_000;

    @Autowired
    private TrainingQueue queue;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Networks networks;

    @Autowired
    private Datasets datasets;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JdbcClient sql;

    @Test
    void aTrainingThatIsTooLargeForAllMemoryFailsAtOnceWithBothNumbers() {
        StoredTraining training = awaited(submit(1_000_000, 1), TrainingState::isFinished);
        assertThat(training.error()).hasValueSatisfying(error -> assertThat(error).matches("the training takes at least 46 MB of "
                + "memory on the heap, more than the 32 MB that there are for all trainings: ask for less at once"));
        assertThat(attempts(training.id())).isEqualTo(1);
    }

    @Test
    void aTrainingWaitsForMemoryAndOthersGoBeforeItAndItsTurnComes() {
        UUID large = submit(LARGE, ENDLESS);
        awaitProgress(large);
        assertThat(held()).isGreaterThan(LARGE * 20.0);
        UUID waiting = submit(LARGE, ENDLESS);
        while (meters.get("nabla.trainings.without.memory").gauge().value() < 1) {
            Thread.onSpinWait();
        }
        assertThat(awaited(submit(1, 1), TrainingState::isFinished).state()).isEqualTo(TrainingState.SUCCEEDED);
        // The other makes room for it, and waits then itself.
        awaitProgress(waiting);
        awaited(large, state -> state == TrainingState.QUEUED);
        assertThat(attempts(large)).isZero();
        queue.cancel(waiting);
        queue.cancel(large);
        assertThat(awaited(waiting, TrainingState::isFinished).state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(awaited(large, TrainingState::isFinished).state()).isEqualTo(TrainingState.CANCELLED);
        while (held() > 0) {
            Thread.onSpinWait();
        }
        assertThat(meters.get("nabla.trainings.without.memory").gauge().value()).isZero();
    }

    /** What is passing in an epoch is not held on and on. */
    @Test
    void manyEpochsHoldNoMoreThanOne() {
        UUID id = submit(2, ENDLESS);
        awaitProgress(id);
        double before = held();
        int epochs = trainings.find(id).orElseThrow().progress().epoch();
        while (trainings.find(id).orElseThrow().progress().epoch() < epochs + 20_000) {
            Thread.onSpinWait();
        }
        assertThat(held()).isEqualTo(before);
        queue.cancel(id);
        awaited(id, TrainingState::isFinished);
    }

    private double held() {
        return meters.get("nabla.memory.held").tags("by", "trainings", "place", "heap").gauge().value();
    }

    private int attempts(UUID id) {
        return sql.sql("select attempts from training where id = ?").param(id).query(Integer.class).single();
    }

    private void awaitProgress(UUID id) {
        while (trainings.find(id).orElseThrow().progress().epoch() == 0) {
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

    private UUID submit(int rows, int epochs) {
        UUID network = networks.insert(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
                List.of(DenseLayer.of(1, Activation.IDENTITY)))).id();
        UUID dataset = datasets.insert(new Samples(List.of("x"), List.of("y"), new double[rows], new double[rows])).id();
        return queue.submit(network, Optional.of(dataset), Labels.NONE, new TrainingSettings(Loss.MSE, epochs, 10_000, false, 1,
                new GradientDescentSettings(0.25, LearningRateSchedule.CONSTANT)), "kernels", 5, Beginning.DRAWN, Duration.ZERO);
    }
}
