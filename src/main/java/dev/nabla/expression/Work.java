package dev.nabla.expression;

import org.jspecify.annotations.Nullable;

/**
 * How much work may still be done for somebody, in nanoseconds by fixed prices, which do not depend on how long it really
 * takes: the same request is refused or not, whatever else the machine does. Whoever works pays as he goes on, and learns
 * so that nobody waits any more for what he does. What is done outside of a Work costs nothing.
 */
public final class Work {

    /** To make a node of a graph, for itself and for each of its operands. */
    static final long NODE_MADE = 400;

    /** To visit a node of a graph, for itself and for each of its operands. */
    static final long NODE_VISITED = 100;

    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final long limit;
    private double done;
    private volatile @Nullable StoppedException stop;

    /** @param limit in nanoseconds */
    public Work(long limit) {
        this.limit = limit;
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
        new Work(limit).run(task);
    }

    /** Does the task on this thread, with what is left. */
    public <X extends Exception> void run(Task<X> task) throws X {
        ScopedValue.where(CURRENT, this).<Object, X>call(() -> {
            task.run();
            return CURRENT;
        });
    }

    /** Lets whoever works fail when he next pays, by this. Any thread may call it. */
    public void stop(StoppedException why) {
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

    private void take(double nanos) {
        StoppedException why = stop;
        if (why != null) {
            throw why;
        }
        done += nanos;
        if (done > limit) {
            throw new WorkLimitException("takes more work than the " + limit / 1e9 + " seconds (by fixed prices, however "
                    + "long it takes) that one request may: ask for less at once");
        }
    }
}
