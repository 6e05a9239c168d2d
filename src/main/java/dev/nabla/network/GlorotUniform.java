package dev.nabla.network;

import dev.nabla.network.layers.Parameter;
import dev.nabla.network.layers.ParameterLayout;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Initial parameters: weights uniform in ±√(6 / (inputs + outputs)), biases zero (Glorot and Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", AISTATS 2010); scales uniform in ±0.1; what
 * has a name of its own begins as it is said to.
 */
public final class GlorotUniform {

    private GlorotUniform() {}

    /** The flat vector of parameters; the same for the same seed. */
    public static double[] parameters(ParameterLayout layout, long seed) {
        var random = new SplittableRandom(seed);
        double[] flat = new double[layout.size()];
        for (int i = 0; i < layout.parameters().size(); i++) {
            Parameter parameter = layout.parameters().get(i);
            int offset = layout.offset(i);
            parameter.coefficient().ifPresent(setting -> IntStream.range(0, parameter.size())
                    .forEach(j -> flat[offset + j] = setting.initial().get(j)));
            if (parameter.bound() > 0) {
                for (int j = 0; j < parameter.size(); j++) {
                    flat[offset + j] = (2 * random.nextDouble() - 1) * parameter.bound();
                }
            }
        }
        return flat;
    }
}
