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
import dev.nabla.storage.Owner;
import dev.nabla.storage.TrainingLeases;
import dev.nabla.storage.TrainingLeases.Wishes;
import dev.nabla.training.DivergedException;
import dev.nabla.training.TrainingResult;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs the trainings of the queue that other services leave: as many are in memory at a time as
 * {@link TrainingLimits#maxRunning} says, and share the processors in turns. A thread for each trains; one thread for all
 * takes trainings up, renews their leases, writes what they have reached and looks what is asked of them. Without the
 * database trainings go on, and what they reach is written when it is there again.
 */
@Component
class Workers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int RENEWALS_OF_LEASE = 5;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(8);

    private final TrainingLeases leases;
    private final TrainingJob job;
    private final TrainingMemory memory;
    private final TrainingLimits limits;
    private final TrainingMeters meters;
    private final ObservationRegistry observations;
    private final int maxRunning;
    private final UUID worker = UUID.randomUUID();
    private final Turns turns;
    private final Map<Lease, RunningTraining> running = new ConcurrentHashMap<>();
    private final Map<Lease, Thread> threads = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final Semaphore calls = new Semaphore(0);
    private volatile @Nullable Thread server;
    private volatile boolean isReady;
    private volatile boolean isStopping;
    private volatile boolean isPollWanted = true;
    private volatile boolean areWishesWanted;
    private boolean isDatabaseMissed;
    private long nextPoll = System.nanoTime();
    private long nextRenewal = System.nanoTime();
    private long nextWishes = System.nanoTime();
    private long nextWriting = System.nanoTime();

    Workers(TrainingLeases leases, TrainingJob job, TrainingMemory memory, Engines engines, TrainingLimits limits,
            TrainingMeters meters, ObservationRegistry observations) {
        this.leases = leases;
        this.job = job;
        this.memory = memory;
        this.turns = new Turns(Runtime.getRuntime().availableProcessors(), engines.byDefault()::lend);
        this.limits = limits;
        this.meters = meters;
        this.observations = observations;
        this.maxRunning = limits.running();
        this.places = new Semaphore(maxRunning);
    }

    /** Looks for trainings, and for what is asked of them, now. */
    void call() {
        areWishesWanted = true;
        poll();
    }

    private void poll() {
        isPollWanted = true;
        calls.release();
    }

    /** Looks for trainings if there is room for one. */
    void callIfRoom() {
        if (running.size() < maxRunning) {
            poll();
        }
    }

    /**
     * Takes up a training with the transaction that stores it, if there is room: {@link #committed} or {@link #rolledBack} says
     * how that ended.
     */
    Optional<Lease> takePosted(UUID training) {
        if (!isReady || isStopping || memory.first().isPresent() || !places.tryAcquire()) {
            return Optional.empty();
        }
        Optional<Lease> lease = Optional.empty();
        try {
            lease = leases.takePosted(training, worker, limits.lease());
        } finally {
            if (lease.isEmpty()) {
                places.release();
            }
        }
        return lease;
    }

    void committed(Lease lease) {
        run(lease);
    }

    void rolledBack() {
        places.release();
    }

    /** Does nothing before the engines are started too. */
    @Override
    public void start() {
        if (isReady) {
            begin();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        isReady = true;
        isStopping = false;
        server = Thread.ofPlatform().name("trainings").daemon().start(this::serve);
    }

    @Override
    public boolean isRunning() {
        return server != null && !isStopping;
    }

    private void serve() {
        while (!isStopping) {
            try {
                look();
                isDatabaseMissed = false;
            } catch (DataAccessException | TransactionException e) {
                if (!isDatabaseMissed) {
                    LOG.warn("The database does not answer; {} trainings go on without it", running.size(), e);
                }
                isDatabaseMissed = true;
            } catch (RuntimeException e) {
                LOG.error("Trainings are not looked after", e);
            }
            try {
                if (calls.tryAcquire(running.isEmpty() ? POLL.toMillis() : LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (!running.isEmpty()) {
            if (now - nextRenewal >= 0) {
                leases.renew(worker, running.keySet().stream().map(Lease::training).collect(Collectors.toSet()), limits.lease());
                nextRenewal = now + limits.lease().toNanos() / RENEWALS_OF_LEASE;
            }
            if (areWishesWanted || now - nextWishes >= 0) {
                areWishesWanted = false;
                tellWishes();
                nextWishes = now + LOOK.toNanos();
            }
            if (now - nextWriting >= 0) {
                running.values().forEach(this::write);
                nextWriting = now + LOOK.toNanos();
            }
        }
        if (maxRunning > 0 && (isPollWanted || now - nextPoll >= 0)) {
            isPollWanted = false;
            nextPoll = now + POLL.toNanos();
            Optional<UUID> first = memory.first().filter(this::isWaiting);
            if (first.isPresent()) {
                takeUpFirst(first.get());
            } else {
                leases.next(memory.withoutRoom()).ifPresent(this::makeOrUseRoom);
            }
        }
    }

    /** Before any other, as it has waited long for memory. */
    private void takeUpFirst(UUID first) {
        if (memory.withoutRoom().contains(first) || !places.tryAcquire()) {
            leases.free(first).ifPresent(this::makeRoomFor);
        } else {
            take(1, () -> leases.takeOnly(worker, first, limits.lease()));
        }
    }

    private void makeOrUseRoom(Lease waiting) {
        int room = places.drainPermits();
        if (room > 0) {
            take(room, () -> leases.take(worker, room, limits.lease(), memory.withoutRoom()));
        } else {
            makeRoomFor(waiting);
        }
    }

    /** @param room the places that are held for them */
    private void take(int room, Supplier<List<Lease>> taking) {
        List<Lease> taken = List.of();
        try {
            taken = taking.get();
        } finally {
            places.release(room - taken.size());
        }
        taken.forEach(this::run);
    }

    private void makeRoomFor(Lease waiting) {
        yieldingTo(waiting).ifPresent(training -> training.end(Ending.QUEUED_AGAIN));
    }

    /** Not if it has been ended meanwhile, or is run elsewhere; one that is made ready here may still find too little. */
    private boolean isWaiting(UUID training) {
        boolean isWaiting = leases.free(training).isPresent()
                || running.keySet().stream().anyMatch(lease -> lease.training().equals(training));
        if (!isWaiting) {
            memory.waitsNoMore(training);
        }
        return isWaiting;
    }

    /**
     * The training that makes room for one that waits: of the owner with most trainings here, if these are more than those of
     * the other's owner, or of the same owner with no higher priority; the one of the lowest priority that is here longest.
     */
    private Optional<RunningTraining> yieldingTo(Lease waiting) {
        Map<Owner, Long> here = running.keySet().stream().collect(Collectors.groupingBy(Lease::owner, Collectors.counting()));
        return running.values().stream().filter(RunningTraining::mayYield).filter(training -> {
            Lease lease = training.lease();
            return lease.owner().equals(waiting.owner()) ? lease.priority() <= waiting.priority()
                    : here.getOrDefault(lease.owner(), 0L) > here.getOrDefault(waiting.owner(), 0L);
        }).max(Comparator.<RunningTraining>comparingLong(training -> here.getOrDefault(training.lease().owner(), 0L))
                .thenComparingInt(training -> -training.lease().priority())
                .thenComparingDouble(RunningTraining::secondsHere));
    }

    private void tellWishes() {
        // In this order, as what is taken up meanwhile is in neither.
        var present = Map.copyOf(running);
        Map<Lease, Wishes> wishes = leases.wishes(worker);
        present.forEach((lease, training) -> training.ask(wishes.get(lease)));
    }

    private void write(RunningTraining training) {
        try {
            training.write();
        } catch (LostLeaseException e) {
            training.end(Ending.LOST);
        }
    }

    private void run(Lease lease) {
        var training = new RunningTraining(lease, leases, turns, limits.stateInterval(), meters, memory);
        running.put(lease, training);
        Thread thread = Thread.ofPlatform().name("training-" + lease.training()).daemon().unstarted(() -> observe(training));
        threads.put(lease, thread);
        thread.start();
    }

    /** A trace of its own, as it may begin hours after the request that posted it, and end days later. */
    private void observe(RunningTraining training) {
        String id = training.lease().training().toString();
        MDC.put("training", id);
        meters.takenUp(training.lease().isAgain());
        try {
            Observation.createNotStarted("nabla.training", observations).contextualName("training")
                    .highCardinalityKeyValue(TrainingQueue.TRAINING_OF_TRACE, id).observe(() -> run(training));
        } finally {
            meters.left();
        }
    }

    private void run(RunningTraining training) {
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
            places.release();
            // Not for each: several are taken up with one commit.
            if (running.size() <= maxRunning / 2) {
                poll();
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
                if (isStopping) {
                    LOG.warn("The end of a training is not written, as the database does not answer", e);
                    return;
                }
                if (!isSaid) {
                    LOG.warn("The end of a training is not written yet, and is tried again until it is", e);
                }
                try {
                    Thread.sleep(POLL);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    /** Lets what runs reach a state to be taken up from, writes it, and leaves it to others. */
    @Override
    public void stop() {
        isStopping = true;
        calls.release();
        long deadline = System.nanoTime() + PATIENCE_AT_STOP.toNanos();
        try {
            // Before the others, as it may be taking up trainings.
            join(server, deadline);
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

    private static void join(@Nullable Thread thread, long deadline) throws InterruptedException {
        if (thread != null) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }
}
