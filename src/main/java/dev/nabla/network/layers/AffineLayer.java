package dev.nabla.network.layers;

import dev.nabla.expression.Expression;
import dev.nabla.problems.Problem;
import java.util.List;

/**
 * W a′ + b or, without a bias, the linear W a′, with a′ the layer below.
 *
 * @param units the number of outputs
 */
public record AffineLayer(int units, boolean bias) implements Layer {

    @Override
    public int outputDimension(int inputDimension) {
        return units;
    }

    @Override
    public List<Problem> violations(String pointer) {
        return dense().violations(pointer);
    }

    @Override
    public Values values(Expression below, Parameters parameters) {
        return dense().values(below, parameters);
    }

    private DenseLayer dense() {
        return new DenseLayer(units, Activation.IDENTITY, bias);
    }
}
