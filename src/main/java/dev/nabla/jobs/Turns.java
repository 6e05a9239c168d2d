package dev.nabla.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Shares the processors among trainings: as many run at a time as there are processors, the others wait, and who has run
 * for a slice while another waits lets it run. The turn goes to the owner who has had least time of the processors, of whose
 * trainings to the one that has had least, where time counts half as much for every step of priority (start-time fair
 * queueing: who comes begins with the time of who has had least).
 */
final class Turns {

    private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int processors;
    private final IntConsumer idle;
    private final List<Turn> present = new ArrayList<>();
    private final Map<String, Share> owners = new HashMap<>();
    private int running;

    /** @param idle is told how many processors no training runs on */
    Turns(int processors, IntConsumer idle) {
        this.processors = processors;
        this.idle = idle;
        Thread.ofPlatform().name("turns").daemon().start(this::endSlices);
    }

    /** Time that was had, as it counts. */
    private static final class Share {
        private double time;
        private int turns;
    }

    /**
     * Lets a training take turns.
     *
     * @param whenOver called by another thread when a turn is over
     */
    Turn enter(String owner, int priority, Runnable whenOver) {
        lock.lock();
        try {
            Share share = owners.computeIfAbsent(owner, _ -> {
                var fresh = new Share();
                fresh.time = owners.values().stream().mapToDouble(other -> other.time).min().orElse(0);
                return fresh;
            });
            share.turns++;
            var turn = new Turn(owner, share, priority, whenOver);
            turn.time = present.stream().filter(other -> other.share == share).mapToDouble(other -> other.time).min().orElse(0);
            present.add(turn);
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /** The turns of one training; for its thread, but {@link #isOver}. */
    final class Turn implements AutoCloseable {

        private final String owner;
        private final Share share;
        private final double price;
        private final Condition granted = lock.newCondition();
        private double time;
        private boolean isWaiting;
        private boolean isRunning;
        private long since;
        private final Runnable whenOver;
        private volatile boolean isOver;

        private Turn(String owner, Share share, int priority, Runnable whenOver) {
            this.owner = owner;
            this.share = share;
            this.price = Math.scalb(1.0, -priority);
            this.whenOver = whenOver;
        }

        /** Whether somebody else has waited long enough. */
        boolean isOver() {
            return isOver;
        }

        /** Waits for a processor. */
        void begin() throws InterruptedException {
            lock.lock();
            try {
                isWaiting = true;
                grant();
                changed.signal();
                while (!isRunning) {
                    granted.await();
                }
            } finally {
                isWaiting = false;
                lock.unlock();
            }
        }

        /** Lets go of the processor, if it has one. */
        void end() {
            lock.lock();
            try {
                if (isRunning) {
                    long had = System.nanoTime() - since;
                    time += had * price;
                    share.time += had;
                    isRunning = false;
                    isOver = false;
                    running--;
                    grant();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                end();
                present.remove(this);
                if (--share.turns == 0) {
                    owners.remove(owner);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void grant() {
        while (running < processors) {
            Turn next = present.stream().filter(turn -> turn.isWaiting && !turn.isRunning)
                    .min(Comparator.<Turn>comparingDouble(turn -> turn.share.time).thenComparingDouble(turn -> turn.time))
                    .orElse(null);
            if (next == null) {
                break;
            }
            next.isRunning = true;
            next.since = System.nanoTime();
            running++;
            next.granted.signal();
        }
        idle.accept(processors - running);
    }

    private void endSlices() {
        lock.lock();
        try {
            while (true) {
                if (present.stream().noneMatch(turn -> turn.isWaiting && !turn.isRunning)) {
                    changed.await();
                } else {
                    changed.awaitNanos(SLICE_NANOS / 4);
                }
                long now = System.nanoTime();
                boolean isAnyWaiting = present.stream().anyMatch(turn -> turn.isWaiting && !turn.isRunning);
                present.stream().filter(turn -> isAnyWaiting && turn.isRunning && now - turn.since >= SLICE_NANOS).forEach(turn -> {
                    turn.isOver = true;
                    turn.whenOver.run();
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
