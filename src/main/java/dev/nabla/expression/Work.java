package dev.nabla.expression;

import dev.nabla.expression.MemoryBudget.Place;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much work may still be done for somebody, in nanoseconds by fixed prices, which do not depend on how long it really
 * takes: the same request is refused or not, whatever else the machine does. Whoever works pays as he goes on, and learns
 * so that nobody waits any more for what he does; he also says what memory he holds, before he takes it, which he has given
 * back when the work is closed. What is done outside of a Work costs nothing. One thread works at a time.
 */
public final class Work implements AutoCloseable {

    /** To make a node of a graph, for itself and for each of its operands. */
    static final long NODE_MADE = 400;

    /** To visit a node of a graph, for itself and for each of its operands. */
    static final long NODE_VISITED = 100;

    /** What a node and each of its operands take on the heap, with all that passes note of them. */
    static final long BYTES_OF_NODE = 128;

    /** The least that is taken of the budget on the heap, so that it is not asked for every few bytes. */
    private static final long STEP = 1 << 18;

    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final long limit;
    private final MemoryBudget memory;
    private double done;
    private long usedOnHeap;
    private long heldOnHeap;
    private long heldOffHeap;
    private volatile @Nullable String stop;

    /**
     * @param limit in nanoseconds
     * @param memory of which it takes its part
     */
    public Work(long limit, MemoryBudget memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /** Something to do. */
    public interface Task<X extends Exception> {
        void run() throws X;
    }

    /**
     * Does the task on this thread, with as much work as the limit and no more.
     *
     * @param limit in nanoseconds
     */
    public static <X extends Exception> void within(long limit, Task<X> task) throws X {
        try (var work = new Work(limit, MemoryBudget.ENDLESS)) {
            work.run(task);
        }
    }

    /** Does the task on this thread, with what is left. */
    public <X extends Exception> void run(Task<X> task) throws X {
        ScopedValue.where(CURRENT, this).<Object, X>call(() -> {
            task.run();
            return CURRENT;
        });
    }

    /** What the task returns, done on this thread with what is left. */
    public <T> T call(Supplier<T> task) {
        return ScopedValue.where(CURRENT, this).call(task::get);
    }

    /** Lets whoever works fail whenever he pays from now on, with this as the reason. Any thread may call it. */
    public void stop(String why) {
        stop = why;
    }

    /**
     * Pays for what is done next.
     *
     * @throws WorkLimitException if that is more than is left
     * @throws StoppedException if nobody waits for it any more
     */
    public static void spend(double nanos) {
        if (CURRENT.isBound()) {
            CURRENT.get().take(nanos);
        }
    }

    /** Whether what is done here is paid for. */
    public static boolean isDone() {
        return CURRENT.isBound();
    }

    /** How many nanoseconds may still be paid for. */
    public static double left() {
        return CURRENT.isBound() ? CURRENT.get().limit - CURRENT.get().done : Double.POSITIVE_INFINITY;
    }

    /**
     * Says that so much more memory is about to be held, until this work is closed or it is {@linkplain #release released}.
     *
     * @throws WorkLimitException if there never is so much
     * @throws NoMemoryException if there is not so much now
     * @throws StoppedException if nobody waits for it any more
     */
    public static void hold(Place place, long bytes) {
        if (CURRENT.isBound()) {
            CURRENT.get().take(place, bytes);
        }
    }

    /** Says that so much of what was held is held no more. */
    public static void release(Place place, long bytes) {
        if (CURRENT.isBound()) {
            CURRENT.get().give(place, bytes);
        }
    }

    /** Does something of which nothing but what it returns stays on the heap: what it holds there is given back at its end. */
    public static <T> T passing(Supplier<T> task) {
        if (!CURRENT.isBound()) {
            return task.get();
        }
        Work work = CURRENT.get();
        long before = work.usedOnHeap;
        try {
            return task.get();
        } finally {
            work.give(Place.HEAP, work.usedOnHeap - before);
        }
    }

    /**
     * What somebody has taken of his work so far, or what something took: whoever gets that without making it pays the same
     * for it, so that it does not depend on others what is refused.
     *
     * @param bytes on the heap
     */
    public record Taken(double nanos, long bytes) {

        /** What was taken since there was so much of it. */
        public Taken since(Taken before) {
            return new Taken(nanos - before.nanos, bytes - before.bytes);
        }
    }

    /** What was taken so far; nothing outside of a Work. */
    public static Taken taken() {
        return CURRENT.isBound() ? new Taken(CURRENT.get().done, CURRENT.get().usedOnHeap) : new Taken(0, 0);
    }

    /** The same as {@link #hold} by somebody who works for this without being in it. */
    public void take(Place place, long bytes) {
        if (bytes > 0) {
            requireWanted();
        }
        long _ = switch (place) {
            case HEAP -> takeOnHeap(bytes);
            case OFF_HEAP -> takeOffHeap(bytes);
        };
    }

    private long takeOnHeap(long bytes) {
        long used = usedOnHeap + bytes;
        if (used > heldOnHeap) {
            long more = Math.max(used - heldOnHeap, STEP);
            memory.take(Place.HEAP, more, heldOnHeap);
            heldOnHeap += more;
        }
        usedOnHeap = used;
        return usedOnHeap;
    }

    private long takeOffHeap(long bytes) {
        memory.take(Place.OFF_HEAP, bytes, heldOffHeap);
        heldOffHeap += bytes;
        return heldOffHeap;
    }

    /** The same as {@link #release} by somebody who works for this without being in it. */
    public void give(Place place, long bytes) {
        long _ = switch (place) {
            case HEAP -> giveOnHeap(bytes);
            case OFF_HEAP -> giveOffHeap(bytes);
        };
    }

    private long giveOnHeap(long bytes) {
        usedOnHeap -= bytes;
        long less = heldOnHeap - usedOnHeap;
        if (less > 2 * STEP) {
            memory.give(Place.HEAP, less);
            heldOnHeap -= less;
        }
        return usedOnHeap;
    }

    private long giveOffHeap(long bytes) {
        memory.give(Place.OFF_HEAP, bytes);
        heldOffHeap -= bytes;
        return heldOffHeap;
    }

    /** Gives back all memory. */
    @Override
    public void close() {
        memory.give(Place.HEAP, heldOnHeap);
        memory.give(Place.OFF_HEAP, heldOffHeap);
        heldOnHeap = 0;
        usedOnHeap = 0;
        heldOffHeap = 0;
    }

    private void requireWanted() {
        String why = stop;
        if (why != null) {
            throw new StoppedException(why);
        }
    }

    private void take(double nanos) {
        requireWanted();
        done += nanos;
        if (done > limit) {
            throw new WorkLimitException("takes more work than the " + limit / 1e9 + " seconds (by fixed prices, however "
                    + "long it takes) that one request may: ask for less at once");
        }
    }
}
