package dev.nabla.network;

import dev.nabla.network.layers.Parameter;
import dev.nabla.network.layers.ParameterLayout;
import java.util.SplittableRandom;

/**
 * Initial parameters: weights uniform in ±√(6 / (inputs + outputs)), biases zero (Glorot and Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", AISTATS 2010); scales uniform in ±0.1.
 */
public final class GlorotUniform {

    private GlorotUniform() {}

    /** The flat vector of parameters; the same for the same seed. */
    public static double[] parameters(ParameterLayout layout, long seed) {
        var random = new SplittableRandom(seed);
        double[] flat = new double[layout.size()];
        for (int i = 0; i < layout.parameters().size(); i++) {
            Parameter parameter = layout.parameters().get(i);
            if (parameter.bound() > 0) {
                for (int j = 0; j < parameter.symbol().shape().size(); j++) {
                    flat[layout.offset(i) + j] = (2 * random.nextDouble() - 1) * parameter.bound();
                }
            }
        }
        return flat;
    }
}
