package dev.nabla.training;

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

    boolean exists() {
        return loss < Double.POSITIVE_INFINITY;
    }

    double[] parameters() {
        return parameters;
    }
}
