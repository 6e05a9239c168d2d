package dev.nabla.program.engine;

import com.google.common.base.Throwables;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share work of microseconds: the caller and a helper for every further processor. Helpers wait for the
 * next work actively for a moment, because a parked thread takes longer to wake than the work lasts. They help one
 * caller at a time; another finds them busy and does its work alone. Where callers keep processors busy themselves, fewer
 * help, or none. Nothing is allocated.
 */
public final class Team {

    public static final Team OF_ALL_PROCESSORS = new Team(Runtime.getRuntime().availableProcessors());

    /** Processors that share no cache fetch from each other what they have written: so much work takes as long on one as on two. */
    private static final double WORTH_SHARING_NANOS = 40_000;
    private static final long WAITING_NANOS = 200_000;
    private static final int SPINS_BEFORE_YIELD = 20_000;

    private final Thread[] helpers;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    /** Which parts no one has taken: the first of them in the lower half, and the one behind the last in the upper half. */
    private final AtomicLong remaining = new AtomicLong();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile IntConsumer work = part -> { };
    private volatile @Nullable Throwable failure;
    private volatile boolean isAnyParked;
    private volatile int lent;

    Team(int size) {
        helpers = new Thread[size - 1];
        lent = helpers.length;
        for (int i = 0; i < helpers.length; i++) {
            int number = i;
            helpers[i] = Thread.ofPlatform().name("kernels-" + (i + 1)).daemon().start(() -> help(number));
        }
    }

    /** How many threads there are, the caller among them. */
    int size() {
        return helpers.length + 1;
    }

    /** @param processors on which helpers may run, from the next work on */
    public void lend(int processors) {
        int helping = Math.clamp(processors, 0, helpers.length);
        if (helping != lent) {
            lent = helping;
            // Whoever was parked while it was not lent is to be woken by the next work.
            isAnyParked = true;
        }
    }

    /**
     * Work in parts, side by side if it is worth that.
     *
     * @param nanos how long all of it takes on one thread
     */
    Runnable inParts(int parts, IntConsumer part, double nanos) {
        if (parts == 1) {
            return () -> part.accept(0);
        }
        return isWorthSharing(nanos) ? () -> run(parts, part) : () -> {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
        };
    }

    /** A part of something that is cut. */
    interface PartOfWork {
        void compute(int part, int from, int count);
    }

    /**
     * Work on something of a size, cut evenly where it is worth sharing.
     *
     * @param nanos how long all of it takes on one thread
     */
    Runnable inEvenParts(int size, double nanos, PartOfWork work) {
        return inParts(isWorthSharing(nanos) ? Parts.of(size, size()) : Parts.whole(size), work);
    }

    /** Side by side, in parts that are worth it. */
    Runnable inParts(Parts parts, PartOfWork work) {
        return parts.count() == 1 ? () -> work.compute(0, 0, parts.size())
                : () -> run(parts.count(), part -> work.compute(part, parts.from(part), parts.length(part)));
    }

    private static boolean isWorthSharing(double nanos) {
        return nanos >= WORTH_SHARING_NANOS;
    }

    /** Runs the parts 0 to {@code parts − 1} in any order and returns when all are done. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing but time depends on what the yield does.
    void run(int parts, IntConsumer part) {
        if (lent == 0 || parts == 1 || !isBusy.compareAndSet(false, true)) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
            return;
        }
        try {
            work = part;
            unfinished.set(parts);
            remaining.set((long) parts << Integer.SIZE);
            if (isAnyParked) {
                isAnyParked = false;
                for (int i = 0; i < lent; i++) {
                    LockSupport.unpark(helpers[i]);
                }
            }
            takeParts(true);
            for (int spins = 0; unfinished.get() > 0; spins++) {
                if (spins < SPINS_BEFORE_YIELD) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            throwFailure();
        } finally {
            isBusy.set(false);
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
            Throwables.throwIfUnchecked(thrown);
            throw new IllegalStateException(thrown);
        }
    }

    private static int first(long remaining) {
        return (int) remaining;
    }

    private static int end(long remaining) {
        return (int) (remaining >>> Integer.SIZE);
    }

    /** From the first one on, or from the last one back: of works that are alike, a thread finds its parts in its cache. */
    private void takeParts(boolean isFromFirst) {
        for (long now = remaining.get(); first(now) < end(now); now = remaining.get()) {
            if (remaining.compareAndSet(now, isFromFirst ? now + 1 : now - (1L << Integer.SIZE))) {
                try {
                    work.accept(isFromFirst ? first(now) : end(now) - 1);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    unfinished.decrementAndGet();
                }
            }
        }
    }

    private boolean isAllTaken() {
        long now = remaining.get();
        return first(now) >= end(now);
    }

    private void help(int number) {
        while (true) {
            if (number < lent) {
                takeParts(false);
            }
            long since = System.nanoTime();
            while (isAllTaken() || number >= lent) {
                if (System.nanoTime() - since < WAITING_NANOS) {
                    Thread.onSpinWait();
                } else {
                    isAnyParked = true;
                    if (isAllTaken() || number >= lent) {
                        LockSupport.park(this);
                    }
                    since = System.nanoTime();
                }
            }
        }
    }
}
