package dev.nabla.jobs;

import dev.nabla.documents.Labels;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Lease;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where trainings wait for their turn, and are told to wait, to go on or to end. */
@Service
public class TrainingQueue {

    /** What the spans of a training's run and of the request that posted it are found by. */
    static final String TRAINING_OF_TRACE = "nabla.training.id";

    private final Trainings trainings;
    private final Workers workers;
    private final ObservationRegistry observations;
    private final int capacity;

    TrainingQueue(Trainings trainings, Workers workers, TrainingLimits limits, ObservationRegistry observations) {
        this.trainings = trainings;
        this.workers = workers;
        this.observations = observations;
        this.capacity = limits.maxQueued();
    }

    /**
     * Stores a training and queues it, together with what else the caller's transaction does.
     *
     * @param length how long it is thought to take
     * @throws QueueFullException if too many wait already
     */
    @Transactional
    public UUID submit(UUID networkId, Optional<UUID> datasetId, Labels labels, TrainingSettings settings, String engine,
            int priority, Beginning beginning, Duration length) {
        int waiting = trainings.queued();
        if (waiting >= capacity) {
            throw new QueueFullException(waiting);
        }
        UUID id = trainings.insert(networkId, datasetId, labels, settings, engine, priority, beginning, length);
        Observation request = observations.getCurrentObservation();
        if (request != null) {
            request.highCardinalityKeyValue(TRAINING_OF_TRACE, id.toString());
        }
        TransactionSynchronizationManager.registerSynchronization(new Posting(id, waiting == 0));
        return id;
    }

    /** Asks a training to stop; false if it was finished already. */
    public boolean cancel(UUID id) {
        return calling(trainings.requestCancel(id));
    }

    /** Asks a training to wait until it is resumed; false if it is finished or is to end. */
    public boolean pause(UUID id) {
        return calling(trainings.requestPause(id));
    }

    /** Lets a paused training wait for its turn; false if it is finished. */
    public boolean resume(UUID id) {
        return calling(trainings.resume(id));
    }

    private boolean calling(boolean isAsked) {
        workers.call();
        return isAsked;
    }

    /**
     * What becomes of a training that is posted: with the transaction that stores it this service takes it up, if it has room and
     * nobody waits for that, which saves a commit and a search.
     */
    private final class Posting implements TransactionSynchronization {

        private final UUID training;
        private final boolean isNext;
        private Optional<Lease> lease = Optional.empty();

        Posting(UUID training, boolean isNext) {
            this.training = training;
            this.isNext = isNext;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (isNext) {
                lease = workers.takePosted(training);
            }
        }

        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_COMMITTED) {
                lease.ifPresent(_ -> workers.rolledBack());
            } else {
                lease.ifPresentOrElse(workers::committed, workers::callIfRoom);
            }
        }
    }
}
