package dev.nabla.network;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import java.util.SplittableRandom;

/**
 * Initial parameters: weights uniform in ±√(6 / (inputs + outputs)), biases zero (Glorot and Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", AISTATS 2010).
 */
public final class GlorotUniform {

    private GlorotUniform() {}

    /** The flat vector of parameters; the same for the same seed. */
    public static double[] parameters(ParameterLayout layout, long seed) {
        var random = new SplittableRandom(seed);
        double[] flat = new double[layout.size()];
        for (int i = 0; i < layout.symbols().size(); i++) {
            Symbol symbol = layout.symbols().get(i);
            Shape shape = symbol.shape();
            if (shape.isMatrix()) {
                double bound = Math.sqrt(6.0 / (shape.dimension(0) + shape.dimension(1)));
                for (int j = 0; j < shape.size(); j++) {
                    flat[layout.offset(i) + j] = (2 * random.nextDouble() - 1) * bound;
                }
            }
        }
        return flat;
    }
}
