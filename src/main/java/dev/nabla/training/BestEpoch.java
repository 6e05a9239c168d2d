package dev.nabla.training;

import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.FlatVector;

/** Keeps the parameters after the epoch with the lowest loss. */
final class BestEpoch {

    private final double[] parameters;
    private double loss = Double.POSITIVE_INFINITY;

    /** @param initialParameters the best before the first epoch is over */
    BestEpoch(double[] initialParameters) {
        this.parameters = initialParameters.clone();
    }

    void see(double lossOfEpoch, FlatVector present) {
        if (lossOfEpoch < loss) {
            loss = lossOfEpoch;
            present.copyTo(parameters);
        }
    }

    void save(StateWriter state) {
        state.put(loss);
        state.put(parameters);
    }

    void restore(StateReader state) {
        loss = state.get();
        System.arraycopy(state.get(parameters.length), 0, parameters, 0, parameters.length);
    }

    boolean exists() {
        return loss < Double.POSITIVE_INFINITY;
    }

    double[] parameters() {
        return parameters;
    }
}
