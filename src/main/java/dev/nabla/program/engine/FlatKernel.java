package dev.nabla.program.engine;

import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A kernel over flat vectors of one length, in parts that threads may share. */
abstract class FlatKernel {

    /** The places of the vectors. */
    final long[] places;

    /** Kept so that their memory stays while this does. */
    @SuppressWarnings("UnusedVariable")
    private final INDArray[] arrays;
    private final Runnable inParts;

    /** @param nanos how long the kernel takes for a length */
    FlatKernel(Team team, IntToDoubleFunction nanos, INDArray... arrays) {
        this.arrays = arrays;
        this.places = Arrays.stream(arrays).mapToLong(FlatVector::first).toArray();
        int size = Math.toIntExact(arrays[0].length());
        this.inParts = team.inEvenParts(size, nanos.applyAsDouble(size), (_, from, count) -> compute(from, count));
    }

    /** Computes all parts. */
    final void compute() {
        inParts.run();
    }

    /** Computes {@code count} entries from one on. */
    abstract void compute(int from, int count);
}
