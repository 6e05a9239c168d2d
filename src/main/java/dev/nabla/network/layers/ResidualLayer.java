package dev.nabla.network.layers;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.problems.Problem;
import java.util.List;

/**
 * a′ + activation(W a′ + b), with a′ the layer below and W square (He, Zhang, Ren and Sun, "Deep residual learning for
 * image recognition", CVPR 2016).
 */
public record ResidualLayer(Activation activation) implements Layer {

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public List<Problem> violations(String pointer) {
        return List.of();
    }

    @Override
    public Values values(Expression below, Parameters parameters) {
        Values residual = DenseLayer.of(below.shape().dimension(0), activation).values(below, parameters);
        return new Values(residual.preActivation(), Arithmetic.sum(below, residual.activation()));
    }
}
