package dev.nabla.network;

import dev.nabla.expression.Expression;
import java.util.Collections;
import java.util.List;

/**
 * Residual layers of the dimension of the inputs, one after the other.
 *
 * @param blocks the number of layers
 */
public record ResNet(int blocks, Activation activation) implements Architecture {

    @Override
    public List<Violation> violations(int inputDimension) {
        return Violation.unlessBetween(pointer() + "/blocks", blocks, 1, MAX_LAYERS).stream().toList();
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        return new Chain(Collections.nCopies(blocks, new ResidualLayer(activation))).values(inputs, parameters);
    }
}
