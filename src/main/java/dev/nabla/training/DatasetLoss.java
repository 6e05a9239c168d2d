package dev.nabla.training;

import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;

/** The loss over a whole dataset, as a function of the parameters. */
final class DatasetLoss {

    private final TrainingStep step;
    private final FlatVector parameters;

    DatasetLoss(Network network, Loss loss, Samples samples, Engine engine) {
        this.step = new TrainingStep(network, loss, samples, engine);
        this.parameters = new FlatVector(step.parameters());
    }

    /** NaN where it is undefined. */
    double of(double[] values) {
        parameters.set(values);
        return step.lossOfDataset();
    }
}
