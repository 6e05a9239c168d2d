package dev.nabla.optimizers;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with its moment estimates, on one flat vector of parameters. */
public final class Adam implements Optimizer {

    private final AdamUpdate update;
    private int step;

    public Adam(AdamConstants constants, Engine engine, INDArray parameters, INDArray gradient) {
        this.update = engine.adam(constants, parameters, gradient);
    }

    @Override
    public void update(double learningRate) {
        step++;
        update.run(learningRate, step);
    }

    @Override
    public boolean isFinite() {
        return update.isFinite();
    }

    @Override
    public void save(StateWriter state) {
        state.put(step);
        state.put(update.firstMoment());
        state.put(update.secondMoment());
    }

    @Override
    public void restore(StateReader state) {
        step = (int) state.get();
        state.get(update.firstMoment());
        state.get(update.secondMoment());
    }
}
