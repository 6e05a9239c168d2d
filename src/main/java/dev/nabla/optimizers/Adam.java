package dev.nabla.optimizers;

import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Adam with its moment estimates, on one flat vector of parameters. */
public final class Adam implements Optimizer {

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final AdamUpdate update;
    private int step;

    public Adam(double beta1, double beta2, double epsilon, Engine engine, INDArray parameters, INDArray gradient) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.update = engine.adam(parameters, gradient, Nd4j.zeros(DataType.DOUBLE, parameters.length()),
                Nd4j.zeros(DataType.DOUBLE, parameters.length()));
    }

    @Override
    public void update(double learningRate) {
        step++;
        update.run(learningRate, beta1, beta2, epsilon, step);
    }
}
