package dev.nabla.program.engine;

import dev.nabla.program.AdamUpdate;
import dev.nabla.program.CostModel;
import dev.nabla.program.kernels.EntrywiseKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam as one kernel over all parameters. */
final class KernelAdam extends FlatKernel implements AdamUpdate {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private int step;
    private double beta1;
    private double beta2;
    private double beta1Power;
    private double beta2Power;
    private double stepSize;
    private double epsilon;

    /** @param arrays parameters, gradient and both moment estimates */
    KernelAdam(Team team, INDArray... arrays) {
        super(team, CostModel::ofAdam, arrays);
    }

    @Override
    public void run(double learningRate, double beta1, double beta2, double epsilon, int step) {
        boolean isNext = this.step > 0 && step == this.step + 1 && beta1 == this.beta1 && beta2 == this.beta2;
        this.step = step;
        this.beta1 = beta1;
        this.beta2 = beta2;
        beta1Power = isNext ? beta1Power * beta1 : power(beta1, step);
        beta2Power = isNext ? beta2Power * beta2 : power(beta2, step);
        double root = Math.sqrt(1 - beta2Power);
        this.stepSize = learningRate * root / (1 - beta1Power);
        this.epsilon = epsilon * root;
        compute();
    }

    /** By as many products as updates would have made, so that one that goes on has the same bits. */
    private static double power(double beta, int step) {
        double power = beta;
        for (int i = 1; i < step; i++) {
            double next = power * beta;
            if (next == power) {
                return power;
            }
            power = next;
        }
        return power;
    }

    @Override
    void compute(int from, int count) {
        ENTRYWISE.adam(places[0] + from, places[1] + from, places[2] + from, places[3] + from, count, beta1, beta2,
                stepSize, epsilon);
    }
}
