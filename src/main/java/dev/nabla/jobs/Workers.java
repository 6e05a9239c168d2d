package dev.nabla.jobs;

import dev.nabla.jobs.RunningTraining.Ending;
import dev.nabla.storage.Lease;
import dev.nabla.storage.LostLeaseException;
import dev.nabla.storage.Owner;
import dev.nabla.storage.TrainingLeases;
import dev.nabla.storage.TrainingLeases.Wishes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes up the trainings of the queue that other services leave: as many are in memory at a time as
 * {@link TrainingLimits#maxRunning} says. One thread watches over them all: it takes trainings up, renews their leases, writes
 * what they have reached and looks what is asked of them. Without the database trainings go on, and what they reach is written
 * when it is there again.
 */
@Component
class Workers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int RENEWALS_OF_LEASE = 5;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(8);

    private final TrainingLeases leases;
    private final TrainingRuns runs;
    private final TrainingMemory memory;
    private final TrainingLimits limits;
    private final int maxRunning;
    private final UUID worker = UUID.randomUUID();
    private final Semaphore places;
    private final Semaphore calls = new Semaphore(0);
    private volatile @Nullable Thread server;
    private volatile boolean isReady;
    private volatile boolean isPollWanted = true;
    private volatile boolean areWishesWanted;
    private boolean isDatabaseMissed;
    private long nextPoll = System.nanoTime();
    private long nextRenewal = System.nanoTime();
    private long nextWishes = System.nanoTime();
    private long nextWriting = System.nanoTime();

    Workers(TrainingLeases leases, TrainingRuns runs, TrainingMemory memory, TrainingLimits limits) {
        this.leases = leases;
        this.runs = runs;
        this.memory = memory;
        this.limits = limits;
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
        if (runs.all().size() < maxRunning) {
            poll();
        }
    }

    /**
     * Takes up a training with the transaction that stores it, if there is room: {@link #committed} or {@link #rolledBack} says
     * how that ended.
     */
    Optional<Lease> takePosted(UUID training) {
        if (!runs.areOpen() || memory.first().isPresent() || !places.tryAcquire()) {
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
        begin(lease);
    }

    void rolledBack() {
        places.release();
    }

    /** Does nothing before the engines are started too. */
    @Override
    public void start() {
        if (isReady) {
            watch();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void watch() {
        isReady = true;
        runs.open();
        server = Thread.ofPlatform().name("trainings").daemon().start(this::serve);
    }

    @Override
    public boolean isRunning() {
        return server != null && runs.areOpen();
    }

    private void serve() {
        while (runs.areOpen()) {
            try {
                look();
                isDatabaseMissed = false;
            } catch (DataAccessException | TransactionException e) {
                if (!isDatabaseMissed) {
                    LOG.warn("The database does not answer; {} trainings go on without it", runs.all().size(), e);
                }
                isDatabaseMissed = true;
            } catch (RuntimeException e) {
                LOG.error("Trainings are not looked after", e);
            }
            try {
                if (calls.tryAcquire(runs.all().isEmpty() ? POLL.toMillis() : LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (!runs.all().isEmpty()) {
            if (now - nextRenewal >= 0) {
                leases.renew(worker, runs.all().stream().map(training -> training.lease().training())
                        .collect(Collectors.toSet()), limits.lease());
                nextRenewal = now + limits.lease().toNanos() / RENEWALS_OF_LEASE;
            }
            if (areWishesWanted || now - nextWishes >= 0) {
                areWishesWanted = false;
                tellWishes();
                nextWishes = now + LOOK.toNanos();
            }
            if (now - nextWriting >= 0) {
                runs.all().forEach(this::write);
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
        taken.forEach(this::begin);
    }

    private void begin(Lease lease) {
        runs.begin(lease, this::over);
    }

    private void over() {
        places.release();
        // Not for each: several are taken up with one commit.
        if (runs.all().size() <= maxRunning / 2) {
            poll();
        }
    }

    private void makeRoomFor(Lease waiting) {
        yieldingTo(waiting).ifPresent(training -> training.end(Ending.QUEUED_AGAIN));
    }

    /** Not if it has been ended meanwhile, or is run elsewhere; one that is made ready here may still find too little. */
    private boolean isWaiting(UUID training) {
        boolean isWaiting = leases.free(training).isPresent()
                || runs.all().stream().anyMatch(here -> here.lease().training().equals(training));
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
        Map<Owner, Long> here = runs.all().stream()
                .collect(Collectors.groupingBy(training -> training.lease().owner(), Collectors.counting()));
        return runs.all().stream().filter(RunningTraining::mayYield).filter(training -> {
            Lease lease = training.lease();
            return lease.owner().equals(waiting.owner()) ? lease.priority() <= waiting.priority()
                    : here.getOrDefault(lease.owner(), 0L) > here.getOrDefault(waiting.owner(), 0L);
        }).max(Comparator.<RunningTraining>comparingLong(training -> here.getOrDefault(training.lease().owner(), 0L))
                .thenComparingInt(training -> -training.lease().priority())
                .thenComparingDouble(RunningTraining::secondsHere));
    }

    private void tellWishes() {
        // In this order, as what is taken up meanwhile is in neither.
        var present = List.copyOf(runs.all());
        Map<Lease, Wishes> wishes = leases.wishes(worker);
        present.forEach(training -> training.ask(wishes.get(training.lease())));
    }

    private void write(RunningTraining training) {
        try {
            training.write();
        } catch (LostLeaseException e) {
            training.end(Ending.LOST);
        }
    }

    /** Lets what runs reach a state to be taken up from, writes it, and leaves it to others. */
    @Override
    public void stop() {
        runs.close();
        calls.release();
        long deadline = System.nanoTime() + PATIENCE_AT_STOP.toNanos();
        Thread watching = server;
        try {
            // Before the trainings, as it may be taking some up.
            if (watching != null) {
                TrainingRuns.join(watching, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runs.giveUp(deadline);
    }
}
