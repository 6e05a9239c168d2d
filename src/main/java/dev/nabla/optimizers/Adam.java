package dev.nabla.optimizers;

import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with its moment estimates, on one flat vector of parameters. */
public final class Adam implements Optimizer {

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final AdamUpdate update;
    private final FlatVector firstMoment;
    private final FlatVector secondMoment;
    private int step;

    public Adam(double beta1, double beta2, double epsilon, Engine engine, INDArray parameters, INDArray gradient) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        INDArray first = FlatVector.allocate(parameters.length());
        INDArray second = FlatVector.allocate(parameters.length());
        this.firstMoment = new FlatVector(first);
        this.secondMoment = new FlatVector(second);
        this.update = engine.adam(parameters, gradient, first, second);
    }

    @Override
    public void update(double learningRate) {
        step++;
        update.run(learningRate, beta1, beta2, epsilon, step);
    }

    @Override
    public void save(StateWriter state) {
        state.put(step);
        state.put(firstMoment);
        state.put(secondMoment);
    }

    @Override
    public void restore(StateReader state) {
        step = (int) state.get();
        state.get(firstMoment);
        state.get(secondMoment);
    }
}
