package dev.nabla.program;

import org.bytedeco.javacpp.Pointer;

/** The memory of ND4J, outside of the heap. */
public final class OffHeap {

    private OffHeap() {}

    /** The most bytes that the process may have there, {@code -Dorg.bytedeco.javacpp.maxBytes}. */
    public static long limit() {
        long limit = Pointer.maxBytes();
        return limit > 0 ? limit : Long.MAX_VALUE;
    }
}
