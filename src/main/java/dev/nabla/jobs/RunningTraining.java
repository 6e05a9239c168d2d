package dev.nabla.jobs;

import dev.nabla.optimizers.StateWriter;
import dev.nabla.storage.Lease;
import dev.nabla.storage.LostLeaseException;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingLeases;
import dev.nabla.storage.TrainingLeases.Wishes;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A training that is run here, between the thread that trains, which tells what it has reached and never waits for a
 * database unless it is compared with others, and the one that writes that and tells what is asked of the training.
 */
final class RunningTraining implements TrainingProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTraining.class);

    /** So that of its time a training spends no more than this part with writing its state. */
    private static final double WRITING_PART = 0.02;
    private static final double SECONDS_BEFORE_YIELDING = 3;
    private static final Duration FIRST_STATE = Duration.ofMillis(500);
    private static final int MOST_UNWRITTEN = 100_000;

    private final Lease lease;
    private final TrainingLeases leases;
    private final TrainingMeters meters;
    private final TrainingMemory memory;
    private final Turns.Turn turn;
    private final long start = System.nanoTime();
    private final long stateInterval;
    private volatile int told;
    private volatile double earlierSeconds;
    private volatile IntPredicate comparedAfter = _ -> false;
    /** Of the thread that trains. */
    private int epochs;
    private int stepsPerEpoch;
    private int written;

    /** Whether the training thread is to look at what follows. */
    private volatile boolean isSignalled;
    private volatile boolean isCancelRequested;
    private volatile boolean isStateWanted;
    private volatile @Nullable Ending ending;

    private final List<EpochLosses> unwritten = new ArrayList<>();
    private @Nullable StateWriter unwrittenState;
    private volatile long nextState;
    /** Infinite before there is one, and where it is too large to be written. */
    private volatile double secondsOfState = Double.POSITIVE_INFINITY;

    /** @param stateInterval between two states, if they are written quickly */
    RunningTraining(Lease lease, TrainingLeases leases, Turns turns, Duration stateInterval, TrainingMeters meters,
            TrainingMemory memory) {
        this.lease = lease;
        this.leases = leases;
        this.meters = meters;
        this.memory = memory;
        this.stateInterval = stateInterval.toNanos();
        this.nextState = start + Math.min(this.stateInterval, FIRST_STATE.toNanos());
        this.turn = turns.enter(lease.owner().name(), lease.priority(), () -> isSignalled = true);
    }

    /** Why a training that is not over ends here. */
    enum Ending { PAUSED, QUEUED_AGAIN, PUT_BACK, GIVEN_UP, LOST }

    /** Ends a training that is not over. */
    static final class EndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final Ending ending;

        private EndedException(Ending ending) {
            super(ending.name(), null, false, false);
            this.ending = ending;
        }

        Ending ending() {
            return ending;
        }
    }

    Lease lease() {
        return lease;
    }

    Turns.Turn turn() {
        return turn;
    }

    /**
     * Says what was stored of it as it was taken up: what is told again of the epochs whose losses are written already is the
     * same.
     */
    synchronized void begins(StoredTraining training) {
        told = training.progress().epoch();
        written = told;
        earlierSeconds = training.progress().seconds().orElse(0);
        comparedAfter = leases.comparedAfter(training);
    }

    /** Whether it may make room for another: it has a state to go on from, and has run for much longer than writing that takes. */
    boolean mayYield() {
        return secondsHere() >= Math.max(SECONDS_BEFORE_YIELDING, secondsOfState / WRITING_PART);
    }

    double secondsHere() {
        return (System.nanoTime() - start) / 1e9;
    }

    private double seconds() {
        return earlierSeconds + secondsHere();
    }

    // What the thread that trains calls.

    @Override
    public void begins(int ofSteps) {
        stepsPerEpoch = ofSteps;
        memory.waitsNoMore(lease.training());
    }

    @Override
    public void epochFinished(int epoch, EpochLosses losses) {
        epochs = epoch;
        meters.made(stepsPerEpoch);
        if (epoch <= told) {
            return;
        }
        if (add(losses) >= MOST_UNWRITTEN) {
            waitForWriting();
        }
        if (comparedAfter.test(epoch)) {
            beCompared();
        }
    }

    private int add(EpochLosses losses) {
        synchronized (unwritten) {
            unwritten.add(losses);
            return unwritten.size();
        }
    }

    private void waitForWriting() {
        turn.end();
        synchronized (unwritten) {
            try {
                while (unwritten.size() >= MOST_UNWRITTEN && ending == null) {
                    unwritten.wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        beginTurn();
    }

    /** Waits for what the others of its sweep make of it. Without the database it goes on, and is compared when that is there. */
    private void beCompared() {
        turn.end();
        try {
            writeLosses();
        } catch (LostLeaseException e) {
            end(Ending.LOST);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Training {} goes on, as the database does not answer", lease.training(), e);
        }
        beginTurn();
    }

    private void beginTurn() {
        try {
            turn.begin();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isCancelled() {
        return isSignalled && attend();
    }

    private boolean attend() {
        isSignalled = false;
        if (ending == Ending.LOST) {
            throw new EndedException(Ending.LOST);
        }
        if (turn.isOver()) {
            turn.end();
            beginTurn();
        }
        if (isCancelRequested || isStateWanted || ending != null) {
            isSignalled = true;
        }
        return isCancelRequested && epochs >= told;
    }

    @Override
    public boolean wantsState() {
        return isSignalled && (isStateWanted || ending != null);
    }

    @Override
    public void stateReached(StateWriter state) {
        isStateWanted = false;
        synchronized (unwritten) {
            unwrittenState = state;
        }
        Ending asked = ending;
        if (asked != null) {
            throw new EndedException(asked);
        }
    }

    // What other threads call.

    /** @param wishes none if it is no longer run here */
    void ask(@Nullable Wishes wishes) {
        if (wishes == null) {
            end(Ending.LOST);
        } else if (wishes.cancel()) {
            cancel();
        } else if (wishes.pause()) {
            end(Ending.PAUSED);
        } else if (System.nanoTime() - nextState >= 0 && !isStateWanted) {
            isStateWanted = true;
            isSignalled = true;
        }
    }

    private void cancel() {
        isCancelRequested = true;
        isSignalled = true;
    }

    /** Lets it end as soon as it has reached a state from which it can be taken up. */
    void end(Ending how) {
        if (ending == null || how == Ending.LOST) {
            ending = how;
            isSignalled = true;
            synchronized (unwritten) {
                unwritten.notifyAll();
            }
        }
    }

    /**
     * Writes what is not yet written.
     *
     * @throws LostLeaseException if another service runs it
     */
    synchronized void write() {
        StateWriter state;
        synchronized (unwritten) {
            state = unwrittenState;
        }
        writeLosses();
        if (state != null) {
            long before = System.nanoTime();
            Optional<byte[]> bytes = state.bytes();
            bytes.ifPresent(all -> leases.keep(lease, all, seconds()));
            long now = System.nanoTime();
            bytes.ifPresent(all -> meters.wrote(all.length, Duration.ofNanos(now - before)));
            secondsOfState = bytes.isPresent() ? (now - before) / 1e9 : Double.POSITIVE_INFINITY;
            // Often in the beginning, when who looks on sees most change.
            nextState = now + Math.max(Math.min(stateInterval, now - start), (long) ((now - before) / WRITING_PART));
            synchronized (unwritten) {
                if (unwrittenState == state) {
                    unwrittenState = null;
                }
            }
        }
    }

    private synchronized void writeLosses() {
        List<EpochLosses> losses;
        synchronized (unwritten) {
            losses = List.copyOf(unwritten);
        }
        if (losses.isEmpty()) {
            return;
        }
        if (leases.record(lease, written + 1, losses, seconds())) {
            cancel();
        }
        written += losses.size();
        synchronized (unwritten) {
            unwritten.subList(0, losses.size()).clear();
            unwritten.notifyAll();
        }
    }

    /** Writes what is not yet written, and how it ended. */
    synchronized void finish(TrainingResult result) {
        List<EpochLosses> losses;
        synchronized (unwritten) {
            losses = List.copyOf(unwritten);
        }
        leases.finish(lease, written + 1, losses, result, seconds());
    }
}
