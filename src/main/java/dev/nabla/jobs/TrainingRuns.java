package dev.nabla.jobs;

import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.NoMemoryException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.jobs.RunningTraining.EndedException;
import dev.nabla.jobs.RunningTraining.Ending;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.optimizers.DamagedStateException;
import dev.nabla.storage.Lease;
import dev.nabla.storage.LostLeaseException;
import dev.nabla.storage.TrainingLeases;
import dev.nabla.training.DivergedException;
import dev.nabla.training.TrainingResult;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The trainings that this service has taken up: each is trained by a thread of its own, in turns with the others, until how it
 * ended is written.
 */
@Component
class TrainingRuns {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final TrainingLeases leases;
    private final TrainingJob job;
    private final TrainingMemory memory;
    private final TrainingMeters meters;
    private final ObservationRegistry observations;
    private final ApplicationEventPublisher events;
    private final Duration stateInterval;
    private final Turns turns;
    private final Map<Lease, RunningTraining> running = new ConcurrentHashMap<>();
    private final Map<Lease, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean areOpen;

    TrainingRuns(TrainingLeases leases, TrainingJob job, TrainingMemory memory, Engines engines, TrainingLimits limits,
            TrainingMeters meters, ObservationRegistry observations, ApplicationEventPublisher events) {
        this.leases = leases;
        this.job = job;
        this.memory = memory;
        this.meters = meters;
        this.observations = observations;
        this.events = events;
        this.stateInterval = limits.stateInterval();
        this.turns = new Turns(Runtime.getRuntime().availableProcessors(), engines.byDefault()::lend);
    }

    /** From now on trainings may begin. */
    void open() {
        areOpen = true;
    }

    /** From now on none is to begin, and what the database does not take at once is left to others. */
    void close() {
        areOpen = false;
    }

    boolean areOpen() {
        return areOpen;
    }

    Collection<RunningTraining> all() {
        return running.values();
    }

    /** Trains on this thread, in the caller's transaction; no meter and no listener comes to know of it. */
    void rehearse(Lease lease, TrainingMeters unread) {
        var training = new RunningTraining(lease, leases, turns, stateInterval, unread, memory);
        try (Turns.Turn _ = training.turn()) {
            training.finish(lease.owner().call(() -> memory.given(() -> job.run(training))));
        }
    }

    /** @param whenOver called by its thread when it is run here no more */
    void begin(Lease lease, Runnable whenOver) {
        var training = new RunningTraining(lease, leases, turns, stateInterval, meters, memory);
        running.put(lease, training);
        Thread thread = Thread.ofPlatform().name("training-" + lease.training()).daemon()
                .unstarted(() -> observe(training, whenOver));
        threads.put(lease, thread);
        thread.start();
    }

    /** A trace of its own, as it may begin hours after the request that posted it, and end days later. */
    private void observe(RunningTraining training, Runnable whenOver) {
        String id = training.lease().training().toString();
        MDC.put("training", id);
        meters.takenUp(training.lease().isAgain());
        try {
            Observation.createNotStarted("nabla.training", observations).contextualName("training")
                    .highCardinalityKeyValue(TrainingQueue.TRAINING_OF_TRACE, id).observe(() -> run(training, whenOver));
        } finally {
            meters.left();
        }
    }

    private void run(RunningTraining training, Runnable whenOver) {
        Lease lease = training.lease();
        try (Turns.Turn turn = training.turn()) {
            turn.begin();
            TrainingResult result = lease.owner().call(() -> memory.given(() -> job.run(training)));
            turn.end();
            untilWritten(() -> training.finish(result));
        } catch (EndedException e) {
            leave(training, e.ending());
        } catch (NoMemoryException e) {
            LOG.info("Training {} waits: it {}", lease.training(), e.getMessage());
            memory.waits(lease.training(), e.place(), e.needed());
            leave(training, Ending.PUT_BACK);
        } catch (WorkLimitException e) {
            fail(training, "the training " + e.getMessage());
        } catch (LostLeaseException e) {
            lost(e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            // The lease ends, and whoever has a database goes on.
            LOG.warn("Training {} is left, as the database does not answer", lease.training(), e);
        } catch (DivergedException | UnmatchedNamesException | InvalidLossException | EmptyRegionException
                | DamagedStateException e) {
            fail(training, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.warn("Training {} ran out of memory", lease.training(), e);
            if (running.size() > 1) {
                memory.waitsForAll(lease.training(), Place.OFF_HEAP);
                leave(training, Ending.PUT_BACK);
            } else {
                fail(training, "the training needs more memory than the service has");
            }
        } catch (InterruptedException e) {
            LOG.warn("Training {} was interrupted", lease.training());
        } catch (RuntimeException | Error e) {
            LOG.error("Training {} failed", lease.training(), e);
            fail(training, "an unexpected error");
        } finally {
            running.remove(lease);
            threads.remove(lease);
            whenOver.run();
            // When the service stops nobody waits any more, and there may be no one to publish it.
            if (areOpen) {
                events.publishEvent(new TrainingLeft(lease.training()));
            }
        }
    }

    private void lost(String reason) {
        meters.lost();
        LOG.info("{}", reason);
    }

    private void fail(RunningTraining training, String reason) {
        LOG.info("Training {} failed: {}", training.lease().training(), reason);
        training.turn().end();
        untilWritten(() -> {
            training.write();
            leases.fail(training.lease(), reason);
        });
    }

    private void leave(RunningTraining training, Ending ending) {
        training.turn().end();
        Lease lease = training.lease();
        if (ending == Ending.LOST) {
            lost("training " + lease.training() + " is run by another service");
            return;
        }
        Consumer<Lease> leaving = switch (ending) {
            case PAUSED -> leases::pause;
            case QUEUED_AGAIN -> leases::queue;
            case PUT_BACK -> leases::putBack;
            case GIVEN_UP, LOST -> leases::giveUp;
        };
        untilWritten(() -> {
            training.write();
            leaving.accept(lease);
        });
    }

    /** Tries again while the database does not answer. */
    private void untilWritten(Runnable write) {
        for (boolean isSaid = false;; isSaid = true) {
            try {
                write.run();
                return;
            } catch (LostLeaseException e) {
                lost(e.getMessage());
                return;
            } catch (DataAccessException | TransactionException e) {
                if (!areOpen) {
                    LOG.warn("The end of a training is not written, as the database does not answer", e);
                    return;
                }
                if (!isSaid) {
                    LOG.warn("The end of a training is not written yet, and is tried again until it is", e);
                }
                try {
                    Thread.sleep(BETWEEN_TRIES);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** Lets each reach a state to be taken up from and writes it; those that have not done so by then are left as they are. */
    void giveUp(long deadline) {
        try {
            running.values().forEach(training -> training.end(Ending.GIVEN_UP));
            for (Thread thread : threads.values()) {
                join(thread, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.keySet().forEach(lease -> {
            try {
                leases.giveUp(lease);
            } catch (LostLeaseException | DataAccessException | TransactionException e) {
                LOG.info("Training {} goes on when its lease is over: {}", lease.training(), e.getMessage());
            }
        });
    }

    static void join(Thread thread, long deadline) throws InterruptedException {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
}
