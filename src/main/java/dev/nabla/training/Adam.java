package dev.nabla.training;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam on one flat vector of parameters: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
 * θ ← θ − η m̂ / (√v̂ + ε) with bias-corrected m̂ and v̂ (Kingma and Ba, ICLR 2015, algorithm 1).
 */
final class Adam {

    private final AdamSettings settings;
    private final INDArray parameters;
    private final INDArray gradient;
    private final INDArray firstMoment;
    private final INDArray secondMoment;
    private int step;

    /** @param gradient where each step finds the gradient; the step overwrites it */
    Adam(AdamSettings settings, INDArray parameters, INDArray gradient) {
        this.settings = settings;
        this.parameters = parameters;
        this.gradient = gradient;
        this.firstMoment = Nd4j.zeros(DataType.DOUBLE, parameters.length());
        this.secondMoment = Nd4j.zeros(DataType.DOUBLE, parameters.length());
    }

    void update() {
        step++;
        // ND4J adds ε to √v, not to √v̂ = √v / √(1 − β₂ᵗ); scaled by the same root it is where the paper has it.
        double epsilon = settings.epsilon() * Math.sqrt(1 - Math.pow(settings.beta2(), step));
        Nd4j.exec(new AdamUpdater(gradient, secondMoment, firstMoment, settings.learningRate(), settings.beta1(),
                settings.beta2(), epsilon, step - 1));
        parameters.subi(gradient);
    }
}
