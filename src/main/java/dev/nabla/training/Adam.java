package dev.nabla.training;

import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Adam with its moment estimates, on one flat vector of parameters. */
final class Adam {

    private final AdamSettings settings;
    private final AdamUpdate update;
    private int step;

    /** @param gradient where each step finds the gradient; the step may overwrite it */
    Adam(AdamSettings settings, Engine engine, INDArray parameters, INDArray gradient) {
        this.settings = settings;
        this.update = engine.adam(parameters, gradient, Nd4j.zeros(DataType.DOUBLE, parameters.length()),
                Nd4j.zeros(DataType.DOUBLE, parameters.length()));
    }

    void update() {
        step++;
        update.run(settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon(), step);
    }
}
