package dev.nabla.optimizers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Entries of a flat vector of parameters.
 *
 * @param from the first
 * @param to the one behind the last
 * @param factor what the learning rate is multiplied by for them, above 0
 */
public record Range(int from, int to, double factor) {

    /** These entries of an array, which is itself where they are all of it. */
    INDArray of(INDArray flat) {
        return from == 0 && to == flat.length() ? flat : flat.get(NDArrayIndex.interval(from, to));
    }

    boolean contains(Range other) {
        return from <= other.from && other.to <= to;
    }
}
