package dev.nabla.program.engine;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.CostModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam as one kernel over all parameters. */
abstract class KernelAdam extends FlatKernel implements AdamUpdate {

    final double beta1;
    final double beta2;
    /** The learning rate with the corrections of the bias. */
    double stepSize;
    /** With the correction of the second moment's bias. */
    double epsilon;

    private final AdamConstants constants;
    private int step;
    private double beta1Power;
    private double beta2Power;

    /** @param arrays parameters, gradient and what both moment estimates are kept in */
    KernelAdam(Team team, AdamConstants constants, INDArray... arrays) {
        super(team, CostModel::ofAdam, arrays);
        this.constants = constants;
        this.beta1 = constants.beta1();
        this.beta2 = constants.beta2();
    }

    @Override
    public void run(double learningRate, int step) {
        boolean isNext = this.step > 0 && step == this.step + 1;
        this.step = step;
        beta1Power = isNext ? beta1Power * beta1 : power(beta1, step);
        beta2Power = isNext ? beta2Power * beta2 : power(beta2, step);
        double root = Math.sqrt(1 - beta2Power);
        this.stepSize = learningRate * root / (1 - beta1Power);
        this.epsilon = constants.epsilon() * root;
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
}
