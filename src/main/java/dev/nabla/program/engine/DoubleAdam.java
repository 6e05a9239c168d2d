package dev.nabla.program.engine;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.FlatVector;
import dev.nabla.program.NumberVector;
import dev.nabla.program.kernels.EntrywiseKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with estimates that are doubles. */
final class DoubleAdam extends KernelAdam {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final FlatVector firstMoment;
    private final FlatVector secondMoment;

    DoubleAdam(Team team, AdamConstants constants, INDArray parameters, INDArray gradient) {
        this(team, constants, parameters, gradient, FlatVector.allocate(parameters.length()),
                FlatVector.allocate(parameters.length()));
    }

    private DoubleAdam(Team team, AdamConstants constants, INDArray parameters, INDArray gradient, INDArray first,
            INDArray second) {
        super(team, constants, parameters, gradient, first, second);
        this.firstMoment = new FlatVector(first);
        this.secondMoment = new FlatVector(second);
    }

    @Override
    void compute(int from, int count) {
        ENTRYWISE.adam(places[0] + from, places[1] + from, places[2] + from, places[3] + from, count, beta1, beta2,
                stepSize, epsilon);
    }

    @Override
    public NumberVector firstMoment() {
        return firstMoment;
    }

    @Override
    public NumberVector secondMoment() {
        return secondMoment;
    }

    @Override
    public boolean isFinite() {
        return secondMoment.isFinite();
    }
}
