package dev.nabla.optimizers;

import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.LinearUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradient descent with momentum, on one flat vector of parameters. */
final class Momentum implements Optimizer {

    private final double momentum;
    private final FlatVector velocity;
    private final LinearUpdate gathering;
    private final LinearUpdate descent;

    Momentum(double momentum, Engine engine, INDArray parameters, INDArray gradient) {
        this.momentum = momentum;
        INDArray gathered = FlatVector.allocate(parameters.length());
        this.velocity = new FlatVector(gathered);
        this.gathering = engine.linear(gathered, gradient, gathered);
        this.descent = engine.linear(parameters, gathered, parameters);
    }

    @Override
    public void update(double learningRate) {
        gathering.run(momentum, 1);
        descent.run(1, -learningRate);
    }

    @Override
    public boolean isFinite() {
        return velocity.isFinite();
    }

    @Override
    public void save(StateWriter state) {
        state.put(velocity);
    }

    @Override
    public void restore(StateReader state) {
        state.get(velocity);
    }
}
