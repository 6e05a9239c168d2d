package dev.nabla.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingProgress;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** Writes the losses of a training to the database, and looks there whether it is cancelled, a few times a second. */
final class RecordedProgress implements TrainingProgress {

    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private final UUID id;
    private final Trainings trainings;
    private final SchedulerState service;
    private double[] losses = new double[64];
    private double[] validationLosses = new double[0];
    private int firstEpoch = 1;
    private int unwritten;
    private long lastLook = System.nanoTime();

    RecordedProgress(UUID id, Trainings trainings, SchedulerState service) {
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
    public void validated(int epoch, double loss) {
        if (validationLosses.length <= unwritten) {
            validationLosses = Arrays.copyOf(validationLosses, Math.max(losses.length, 2 * unwritten));
        }
        validationLosses[unwritten] = loss;
    }

    @Override
    public void epochFinished(int epoch, double loss) {
        if (unwritten == losses.length) {
            losses = Arrays.copyOf(losses, 2 * losses.length);
        }
        losses[unwritten++] = loss;
    }

    @Override
    public boolean isCancelled() {
        if (System.nanoTime() - lastLook < INTERVAL_NANOS) {
            return false;
        }
        if (service.isShuttingDown()) {
            throw new ServiceStoppedException(firstEpoch + unwritten);
        }
        flush();
        boolean cancelled = trainings.isCancelRequested(id);
        lastLook = System.nanoTime();
        return cancelled;
    }

    /** Writes what is not yet written. */
    void flush() {
        if (unwritten > 0) {
            trainings.recordProgress(id, firstEpoch, Arrays.copyOf(losses, unwritten),
                    validationLosses.length == 0 ? validationLosses : Arrays.copyOf(validationLosses, unwritten));
            firstEpoch += unwritten;
            unwritten = 0;
        }
    }
}
