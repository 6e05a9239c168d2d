package dev.nabla.network.layers;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.problems.Problem;
import java.util.List;

/**
 * a = activation(W a′ + b), with a′ the layer below.
 *
 * @param units the number of outputs
 * @param bias whether there is a b
 */
public record DenseLayer(int units, Activation activation, boolean bias) implements Layer {

    public static DenseLayer of(int units, Activation activation) {
        return new DenseLayer(units, activation, true);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return units;
    }

    @Override
    public List<Problem> violations(String pointer) {
        return Problem.unlessBetween(pointer + "/units", units, 1, MAX_UNITS).stream().toList();
    }

    @Override
    public Values values(Expression below, Parameters parameters) {
        Expression z = LinearAlgebra.matrixProduct(parameters.weights("W", units, below.shape().dimension(0)), below);
        if (bias) {
            z = Arithmetic.sum(z, parameters.bias("b", units));
        }
        return new Values(z, activation.apply(z));
    }
}
