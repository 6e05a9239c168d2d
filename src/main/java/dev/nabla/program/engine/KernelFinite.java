package dev.nabla.program.engine;

import dev.nabla.program.CostModel;
import dev.nabla.program.kernels.EntrywiseKernels;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether a flat vector is finite, as one kernel. */
final class KernelFinite extends FlatKernel implements BooleanSupplier {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    /** Written by any thread of a team, and read when it has come together. */
    private boolean isFinite;

    /** It is shared where Adam is, and so as it is, for each thread to read what it has in its cache. */
    KernelFinite(Team team, INDArray vector) {
        super(team, CostModel::ofAdam, vector);
    }

    @Override
    public boolean getAsBoolean() {
        isFinite = true;
        compute();
        return isFinite;
    }

    @Override
    void compute(int from, int count) {
        if (!ENTRYWISE.areFinite(places[0] + from, count)) {
            isFinite = false;
        }
    }
}
