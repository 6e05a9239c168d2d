package dev.nabla.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.nabla.optimizers.AdamSettings;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;

/** DJL's Adam on the parameters of a PyTorch network. */
final class PyTorchAdam {

    private final List<NDArray> parameters;
    private final Adam adam;

    /** @param initialParameters what the parameters are set to, one after the other */
    PyTorchAdam(List<NDArray> parameters, double[] initialParameters, AdamSettings settings) {
        this.parameters = parameters;
        this.adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed((float) settings.learningRate()))
                .optBeta1((float) settings.beta1()).optBeta2((float) settings.beta2())
                .optEpsilon((float) settings.epsilon()).build();
        var values = DoubleBuffer.wrap(initialParameters);
        for (NDArray parameter : parameters) {
            double[] own = new double[Math.toIntExact(parameter.size())];
            values.get(own);
            parameter.set(own);
            parameter.setRequiresGradient(true);
        }
    }

    /** Moves the parameters by the gradients that the last backward sweep left, and clears these. */
    void update() {
        for (int i = 0; i < parameters.size(); i++) {
            try (NDArray gradient = parameters.get(i).getGradient()) {
                adam.update(Integer.toString(i), parameters.get(i), gradient);
            }
        }
    }

    /** All entries, one array after the other. */
    double[] parameters() {
        return parameters.stream().flatMapToDouble(array -> Arrays.stream(array.toDoubleArray())).toArray();
    }
}
