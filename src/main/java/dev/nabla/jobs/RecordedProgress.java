package dev.nabla.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes the losses of a training to the database, and looks there whether it is cancelled, a few times a second. */
final class RecordedProgress implements TrainingProgress {

    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private final UUID id;
    private final Trainings trainings;
    private final SchedulerState service;
    private final List<EpochLosses> unwritten = new ArrayList<>();
    private int firstEpoch;
    private long lastLook = System.nanoTime();

    /** @param made the epochs that are over already */
    RecordedProgress(UUID id, int made, Trainings trainings, SchedulerState service) {
        this.firstEpoch = made + 1;
        this.id = id;
        this.trainings = trainings;
        this.service = service;
    }

    /** The service stops while the training runs. */
    static final class ServiceStoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private ServiceStoppedException(int epoch) {
            super("the service was stopped in epoch " + epoch);
        }
    }

    @Override
    public void epochFinished(int epoch, EpochLosses losses) {
        unwritten.add(losses);
    }

    @Override
    public boolean isCancelled() {
        if (System.nanoTime() - lastLook < INTERVAL_NANOS) {
            return false;
        }
        if (service.isShuttingDown()) {
            throw new ServiceStoppedException(firstEpoch + unwritten.size());
        }
        flush();
        boolean cancelled = trainings.isCancelRequested(id);
        lastLook = System.nanoTime();
        return cancelled;
    }

    /** Writes what is not yet written. */
    void flush() {
        if (!unwritten.isEmpty()) {
            trainings.recordProgress(id, firstEpoch, unwritten);
            firstEpoch += unwritten.size();
            unwritten.clear();
        }
    }
}
