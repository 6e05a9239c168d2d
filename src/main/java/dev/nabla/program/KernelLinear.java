package dev.nabla.program;

import dev.nabla.program.kernels.EntrywiseKernels;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear combination as one kernel over flat vectors, in parts that threads may share. */
final class KernelLinear implements LinearUpdate {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();
    private static final int PART = 1 << 14;

    /** Kept so that their memory stays while this does. */
    private final INDArray[] arrays;
    private final long[] places;
    private final int size;
    private final Runnable update;
    private double c;
    private double d;

    /** @param arrays x, y and z, of one length */
    KernelLinear(Team team, INDArray... arrays) {
        this.arrays = arrays;
        this.places = Arrays.stream(arrays).mapToLong(Memory::first).toArray();
        this.size = Math.toIntExact(arrays[0].length());
        this.update = team.inParts(Math.ceilDiv(size, PART), this::part, CostModel.ofLinear(size));
    }

    @Override
    public void run(double c, double d) {
        this.c = c;
        this.d = d;
        update.run();
    }

    private void part(int part) {
        int from = part * PART;
        ENTRYWISE.linear(c, places[0] + from, d, places[1] + from, 0, places[2] + from, Math.min(PART, size - from));
    }
}
