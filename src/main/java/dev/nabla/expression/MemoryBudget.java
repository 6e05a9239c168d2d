package dev.nabla.expression;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The memory that all who {@link Work} may hold together, in bytes, on the heap and outside of it. */
public final class MemoryBudget {

    /** Where memory is. */
    public enum Place {
        HEAP("on the heap"), OFF_HEAP("outside of the heap");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    static final MemoryBudget ENDLESS = new MemoryBudget(Long.MAX_VALUE, () -> Long.MAX_VALUE);

    private final long heap;
    private final LongSupplier offHeap;
    private final AtomicLong heldOnHeap = new AtomicLong();
    private final AtomicLong heldOffHeap = new AtomicLong();

    /** @param offHeap is asked when it is first needed */
    public MemoryBudget(long heap, LongSupplier offHeap) {
        this.heap = heap;
        this.offHeap = offHeap;
    }

    /** How much all hold together now. */
    public long held(Place place) {
        return counter(place).get();
    }

    /**
     * @param own what the same work holds already
     * @throws WorkLimitException if that would be too much even for somebody alone
     * @throws NoMemoryException if others hold too much for it
     */
    void take(Place place, long bytes, long own) {
        long limit = limit(place);
        if (bytes > limit - own) {
            throw new WorkLimitException("takes at least " + megabytes(own + bytes) + " of memory " + place.words
                    + ", more than the " + megabytes(limit) + " that there are for all requests: ask for less at once");
        }
        long before = counter(place).getAndAdd(bytes);
        if (bytes > limit - before) {
            counter(place).addAndGet(-bytes);
            throw new NoMemoryException("needs " + megabytes(bytes) + " more memory " + place.words + ", of which others "
                    + "hold all but " + megabytes(Math.max(0, limit - before)));
        }
    }

    void give(Place place, long bytes) {
        counter(place).addAndGet(-bytes);
    }

    private long limit(Place place) {
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
