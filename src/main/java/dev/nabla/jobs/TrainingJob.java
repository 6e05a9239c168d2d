package dev.nabla.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.documents.Words;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.optimizers.DamagedStateException;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.training.DivergedException;
import dev.nabla.training.FittedNormalization;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the trainings of the queue. One that does not end here, however it ends, is failed with the reason. */
@Configuration
class TrainingJob {

    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("training");

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final Trainings trainings;
    private final Networks networks;
    private final Datasets datasets;
    private final Engines engines;

    TrainingJob(Trainings trainings, Networks networks, Datasets datasets, Engines engines) {
        this.trainings = trainings;
        this.networks = networks;
        this.datasets = datasets;
        this.engines = engines;
    }

    @Bean
    Task<Void> trainingTask() {
        return Tasks.oneTime(TASK)
                .onDeadExecution((execution, operations) -> {
                    trainings.fail(id(execution.getExecution().taskInstance.getId()),
                            "the service that ran this training stopped without finishing it");
                    operations.remove();
                })
                .onFailure((execution, operations) -> {
                    LOG.error("Training {} failed", execution.getExecution().taskInstance.getId(),
                            execution.getCause().orElse(null));
                    trainings.fail(id(execution.getExecution().taskInstance.getId()), "an unexpected error");
                    operations.remove();
                })
                .execute((instance, context) -> {
                    UUID id = id(instance.getId());
                    trainings.owner(id).ifPresent(owner -> owner.run(() -> run(id, context.getSchedulerState())));
                });
    }

    private void run(UUID id, SchedulerState service) {
        if (!trainings.start(id)) {
            return;
        }
        StoredTraining training = trainings.find(id).orElseThrow();
        var progress = new RecordedProgress(id, training.continuedEpochs(), trainings, service);
        try {
            trainings.finish(id, train(training, progress));
        } catch (DivergedException | UnmatchedNamesException | InvalidLossException | EmptyRegionException
                | DamagedStateException | RecordedProgress.ServiceStoppedException e) {
            progress.flush();
            trainings.fail(id, e.getMessage());
        } catch (OutOfMemoryError e) {
            LOG.warn("Training {} ran out of memory", id, e);
            trainings.fail(id, "the training needs more memory than the service has");
        }
    }

    private TrainingResult train(StoredTraining training, RecordedProgress progress) {
        Network network = Network.of(networks.find(training.networkId()).orElseThrow().definition());
        Optional<Samples> samples = training.datasetId().map(id -> datasets.samples(id).orElseThrow());
        Map<UUID, Samples> others = new HashMap<>();
        training.settings().loss().datasets().forEach(id -> others.put(id, datasets.samples(id).orElseThrow()));
        var trainer = new Trainer(network, samples, others, training.settings(),
                engines.named(Words.of(EngineName.class).find(training.engine()).orElseThrow()));
        TrainingResult result = training.continued().isPresent()
                ? trainer.goOn(trainings.state(training.id()).orElseThrow(), progress)
                : trainer.train(initial(training, network, samples, others), progress);
        progress.flush();
        return result;
    }

    private double[] initial(StoredTraining training, Network network, Optional<Samples> samples, Map<UUID, Samples> others) {
        return trainings.initialParameters(training.id()).orElseGet(() ->
                FittedNormalization.initialParameters(network, samples, others, training.settings()));
    }

    private static UUID id(String taskInstance) {
        return UUID.fromString(taskInstance);
    }
}
