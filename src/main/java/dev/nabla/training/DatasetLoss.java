package dev.nabla.training;

import dev.nabla.program.FlatVector;

/** The loss over whole datasets as a function of the parameters. */
final class DatasetLoss {

    private final TrainingStep step;
    private final FlatVector parameters;

    /** @param step of its own, whose parameters this sets */
    DatasetLoss(TrainingStep step) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
    }

    /** NaN where it is undefined. */
    double of(double[] values) {
        parameters.set(values);
        return step.lossOfDatasets();
    }
}
