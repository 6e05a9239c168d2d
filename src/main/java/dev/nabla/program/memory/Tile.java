package dev.nabla.program.memory;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a batch that is computed at a time. Its memory stays in the processor's caches, and several tiles can be
 * computed side by side.
 *
 * @param firstSample where it begins in the batch
 * @param rowLength the doubles from one entry to the next, of which the first are the samples and the rest is padding,
 *     which may hold anything
 */
public record Tile(int firstSample, int samples, int rowLength) {

    /** The whole batch without padding. */
    public static Tile whole(int batch) {
        return new Tile(0, batch, batch);
    }

    /** A batch in parts of nearly one size, the rows padded to a multiple of {@code alignment}. */
    static List<Tile> cut(int batch, int largest, int alignment) {
        int count = Math.ceilDiv(batch, largest);
        int size = Math.ceilDiv(Math.ceilDiv(batch, count), alignment) * alignment;
        return IntStream.range(0, Math.ceilDiv(batch, size))
                .mapToObj(i -> new Tile(i * size, Math.min(size, batch - i * size), size)).toList();
    }
}
