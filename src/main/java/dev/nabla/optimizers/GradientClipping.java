package dev.nabla.optimizers;

import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.LinearUpdate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scales a gradient down to a largest Euclidean norm (Pascanu, Mikolov and Bengio, "On the difficulty of training
 * recurrent neural networks", ICML 2013, algorithm 1).
 */
public final class GradientClipping {

    private final double largestNorm;
    private final FlatVector gradient;
    private final LinearUpdate scaling;

    public GradientClipping(double largestNorm, Engine engine, INDArray gradient) {
        this.largestNorm = largestNorm;
        this.gradient = new FlatVector(gradient);
        this.scaling = engine.linear(gradient, gradient, gradient);
    }

    public void apply() {
        double norm = gradient.norm();
        if (norm > largestNorm) {
            scaling.run(largestNorm / norm, 0);
        }
    }
}
