package dev.nabla.program.engine;

import dev.nabla.program.CostModel;
import dev.nabla.program.LinearUpdate;
import dev.nabla.program.kernels.EntrywiseKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear combination as one kernel over flat vectors. */
final class KernelLinear extends FlatKernel implements LinearUpdate {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private double c;
    private double d;

    /** @param arrays x, y and z, of one length */
    KernelLinear(Team team, INDArray... arrays) {
        super(team, CostModel::ofLinear, arrays);
    }

    @Override
    public void run(double c, double d) {
        this.c = c;
        this.d = d;
        compute();
    }

    @Override
    void compute(int from, int count) {
        ENTRYWISE.linear(c, places[0] + from, d, places[1] + from, 0, places[2] + from, count);
    }
}
