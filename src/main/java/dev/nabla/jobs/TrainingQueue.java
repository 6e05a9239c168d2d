package dev.nabla.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.nabla.documents.Labels;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where trainings wait for their turn. */
@Service
public class TrainingQueue {

    private final Trainings trainings;
    private final Scheduler scheduler;
    private final int capacity;

    TrainingQueue(Trainings trainings, @Lazy Scheduler scheduler, TrainingLimits limits) {
        this.trainings = trainings;
        this.scheduler = scheduler;
        this.capacity = limits.maxQueued();
    }

    /**
     * Stores a training and queues it, together with what else the caller's transaction does.
     *
     * @throws QueueFullException if too many wait already
     */
    @Transactional
    public UUID submit(UUID networkId, Optional<UUID> datasetId, Labels labels, TrainingSettings settings, String engine,
            Beginning beginning) {
        int waiting = trainings.queued();
        if (waiting >= capacity) {
            throw new QueueFullException(waiting);
        }
        UUID id = trainings.insert(networkId, datasetId, labels, settings, engine, beginning);
        scheduler.schedule(TrainingJob.TASK.instance(id.toString()).scheduledTo(Instant.now()));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.triggerCheckForDueExecutions();
            }
        });
        return id;
    }
}
