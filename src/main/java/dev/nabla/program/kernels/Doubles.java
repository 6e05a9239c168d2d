package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * The doubles anywhere in off-heap memory. A double is named by its place: its address divided by 8. Who passes a place
 * to a kernel keeps the array reachable that it lies in.
 */
public final class Doubles {

    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** No place is greater: addresses have fewer bits. With a size times a step added it still is the place of an address. */
    private static final long GREATEST = (1L << 58) - 1;

    private Doubles() {}

    /** The place of the first double of a segment outside of the heap. */
    public static long first(MemorySegment segment) {
        return segment.address() / JAVA_DOUBLE.byteSize();
    }

    /**
     * The same place, of which the compiler knows that it is not negative. So it knows of those behind it in a loop, and
     * leaves no check of them there, which otherwise it does in some processes.
     */
    static long start(long place) {
        return place & GREATEST;
    }

    public static double get(long place) {
        return ALL.getAtIndex(JAVA_DOUBLE, place);
    }

    public static void set(long place, double value) {
        ALL.setAtIndex(JAVA_DOUBLE, place, value);
    }
}
