package dev.nabla.expression;

/**
 * How much work may still be done for somebody, in nanoseconds by fixed prices, which do not depend on how long it really
 * takes: the same request is refused or not, whatever else the machine does. Whoever works pays as he goes on; what is
 * done outside of {@link #within} costs nothing. It bounds time only: what a graph that is kept may have of nodes is bounded
 * where equations are read.
 */
public final class Work {

    /** To make a node of a graph, for itself and for each of its operands. */
    static final long NODE_MADE = 400;

    /** To visit a node of a graph, for itself and for each of its operands. */
    static final long NODE_VISITED = 100;

    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final long limit;
    private double done;

    private Work(long limit) {
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
        ScopedValue.where(CURRENT, new Work(limit)).<Object, X>call(() -> {
            task.run();
            return CURRENT;
        });
    }

    /**
     * Pays for what is done next.
     *
     * @throws WorkLimitException if that is more than is left
     */
    public static void spend(double nanos) {
        if (CURRENT.isBound()) {
            CURRENT.get().take(nanos);
        }
    }

    private void take(double nanos) {
        done += nanos;
        if (done > limit) {
            throw new WorkLimitException("takes more work than the " + limit / 1e9 + " seconds (by fixed prices, however "
                    + "long it takes) that one request may: ask for less at once");
        }
    }
}
