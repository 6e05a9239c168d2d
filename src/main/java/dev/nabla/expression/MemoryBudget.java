package dev.nabla.expression;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The memory that all who {@link Work} for something of one kind may hold together, in bytes, on the heap and outside of it. */
public final class MemoryBudget {

    /** Where memory is. */
    public enum Place {
        HEAP("on the heap"), OFF_HEAP("outside of the heap");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    static final MemoryBudget ENDLESS = new MemoryBudget("work", Long.MAX_VALUE, () -> Long.MAX_VALUE);

    private final String whose;
    private final long heap;
    private final LongSupplier offHeap;
    private final AtomicLong heldOnHeap = new AtomicLong();
    private final AtomicLong heldOffHeap = new AtomicLong();

    /**
     * @param whose what all who share it are called
     * @param offHeap is asked when it is first needed
     */
    public MemoryBudget(String whose, long heap, LongSupplier offHeap) {
        this.whose = whose;
        this.heap = heap;
        this.offHeap = offHeap;
    }

    /** How much all hold together now. */
    public long held(Place place) {
        return counter(place).get();
    }

    /** How much more there is now. */
    public long free(Place place) {
        return Math.max(0, limit(place) - Math.max(0, held(place)));
    }

    /** @throws WorkLimitException if there never is so much */
    public void requirePossible(Place place, long bytes) {
        if (bytes > limit(place)) {
            throw new WorkLimitException("takes at least " + megabytes(bytes) + " of memory " + place.words
                    + ", more than the " + megabytes(limit(place)) + " that there are for all " + whose + ": ask for less at once");
        }
    }

    /**
     * @param own what the same work holds already
     * @throws WorkLimitException if that would be too much even for somebody alone
     * @throws NoMemoryException if others hold too much for it
     */
    void take(Place place, long bytes, long own) {
        requirePossible(place, own + bytes);
        long limit = limit(place);
        long before = counter(place).getAndAdd(bytes);
        // Before may be less than 0: works that give what others took share a budget.
        if (before > limit - bytes) {
            counter(place).addAndGet(-bytes);
            throw new NoMemoryException("needs " + megabytes(own + bytes) + " of memory " + place.words + ", of the "
                    + megabytes(limit) + " for all " + whose + ", of which others hold " + megabytes(Math.max(0, before - own)),
                    place, own + bytes);
        }
    }

    void give(Place place, long bytes) {
        counter(place).addAndGet(-bytes);
    }

    /** How much all may hold together. */
    public long limit(Place place) {
        return switch (place) {
            case HEAP -> heap;
            case OFF_HEAP -> offHeap.getAsLong();
        };
    }

    private AtomicLong counter(Place place) {
        return switch (place) {
            case HEAP -> heldOnHeap;
            case OFF_HEAP -> heldOffHeap;
        };
    }

    private static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1 << 20) + " MB";
    }
}
