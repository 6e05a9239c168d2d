package dev.nabla.optimizers;

import dev.nabla.program.FlatVector;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Updates that end at the nearest point within bounds (Goldstein 1964, Levitin and Polyak 1966). */
final class Projection implements Optimizer {

    private final Optimizer updates;
    private final List<Bound> bounds;
    private final FlatVector parameters;

    Projection(Optimizer updates, List<Bound> bounds, INDArray parameters) {
        this.updates = updates;
        this.bounds = bounds;
        this.parameters = new FlatVector(parameters);
    }

    @Override
    public void update(double learningRate) {
        updates.update(learningRate);
        for (int k = 0; k < bounds.size(); k++) {
            Bound bound = bounds.get(k);
            for (int i = bound.from(); i < bound.to(); i++) {
                parameters.set(i, bound.nearest(parameters.get(i)));
            }
        }
    }

    @Override
    public boolean isFinite() {
        return updates.isFinite();
    }

    @Override
    public void save(StateWriter state) {
        updates.save(state);
    }

    @Override
    public void restore(StateReader state) {
        updates.restore(state);
    }
}
