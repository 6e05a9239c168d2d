package dev.nabla.network.architectures;

import dev.nabla.expression.Expression;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Parameters;
import dev.nabla.network.layers.ResidualLayer;
import dev.nabla.problems.Problem;
import java.util.Collections;
import java.util.List;

/**
 * Residual layers of the dimension of the inputs, one after the other.
 *
 * @param blocks the number of layers
 */
public record ResNet(int blocks, Activation activation) implements Architecture {

    @Override
    public List<Problem> violations(int inputDimension) {
        return Problem.unlessBetween(pointer() + "/blocks", blocks, 1, MAX_LAYERS).stream().toList();
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
