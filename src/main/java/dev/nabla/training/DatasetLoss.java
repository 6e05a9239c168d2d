package dev.nabla.training;

import dev.nabla.program.FlatVector;

/** The loss over whole datasets as a function of the parameters. */
final class DatasetLoss {

    private final TrainingStep step;
    private final FlatVector parameters;

    /** @param step whose parameters this sets */
    DatasetLoss(TrainingStep step) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        step.prepareForDatasets();
    }

    /**
     * @param what it is called in a message
     * @throws DivergedException if it is no finite number
     */
    double of(double[] values, String what, int epoch) {
        parameters.set(values);
        double loss = step.lossOfDatasets();
        step.requireFinite(loss, what, epoch);
        return loss;
    }

    /** Gives the memory of its step back at once; nothing can be computed any more. */
    void free() {
        step.free();
    }
}
