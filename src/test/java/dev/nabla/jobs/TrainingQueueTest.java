package dev.nabla.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.ServiceInThisProcess;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@ServiceInThisProcess
@SpringBootTest(properties = {"nabla.trainings.max-queued=2", "nabla.trainings.max-running=0",
    "spring.datasource.url=jdbc:h2:mem:queue;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class TrainingQueueTest {

    @Autowired
    private TrainingQueue queue;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Networks networks;

    @Autowired
    private Datasets datasets;

    @Test
    void asManyWaitAsMayAndNoMore() {
        UUID network = networks.insert(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
                List.of(DenseLayer.of(1, Activation.TANH)))).id();
        UUID dataset = datasets.insert(new Samples(List.of("x"), List.of("y"), new double[1], new double[1])).id();
        submit(network, dataset);
        submit(network, dataset);
        assertThat(trainings.queued()).isEqualTo(2);
        assertThatThrownBy(() -> submit(network, dataset)).isInstanceOf(QueueFullException.class);
        assertThat(trainings.queued()).isEqualTo(2);
    }

    private void submit(UUID network, UUID dataset) {
        queue.submit(network, Optional.of(dataset), Labels.NONE, new TrainingSettings(Loss.MSE, 1, 1, true, 1, AdamSettings.DEFAULT),
                "auto", 5, Beginning.DRAWN, Duration.ZERO);
    }
}
