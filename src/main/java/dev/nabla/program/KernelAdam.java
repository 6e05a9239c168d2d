package dev.nabla.program;

import dev.nabla.program.kernels.EntrywiseKernels;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam as one kernel over all parameters, in parts that threads may share. */
final class KernelAdam implements AdamUpdate {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();
    private static final int PART = 1 << 14;

    /** Kept so that their memory stays while this does. */
    private final INDArray[] arrays;
    private final long[] places;
    private final int size;
    private final Runnable update;
    private int step;
    private double beta1;
    private double beta2;
    private double beta1Power;
    private double beta2Power;
    private double stepSize;
    private double epsilon;

    KernelAdam(Team team, INDArray... arrays) {
        this.arrays = arrays;
        this.places = Arrays.stream(arrays).mapToLong(Memory::first).toArray();
        this.size = Math.toIntExact(arrays[0].length());
        this.update = team.inParts(Math.ceilDiv(size, PART), this::part, CostModel.ofAdam(size));
    }

    @Override
    public void run(double learningRate, double beta1, double beta2, double epsilon, int step) {
        boolean isNext = this.step > 0 && step == this.step + 1 && beta1 == this.beta1 && beta2 == this.beta2;
        this.step = step;
        this.beta1 = beta1;
        this.beta2 = beta2;
        beta1Power = isNext ? beta1Power * beta1 : Math.pow(beta1, step);
        beta2Power = isNext ? beta2Power * beta2 : Math.pow(beta2, step);
        double root = Math.sqrt(1 - beta2Power);
        this.stepSize = learningRate * root / (1 - beta1Power);
        this.epsilon = epsilon * root;
        update.run();
    }

    private void part(int part) {
        int from = part * PART;
        ENTRYWISE.adam(places[0] + from, places[1] + from, places[2] + from, places[3] + from,
                Math.min(PART, size - from), beta1, beta2, stepSize, epsilon);
    }
}
