package dev.nabla.network.architectures;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Hamiltonian neural network (Greydanus, Dzamba and Yosinski, NeurIPS 2019): the one output is an energy H(q, p),
 * and its vector field is (∂H/∂p, −∂H/∂q).
 *
 * @param width the units of every hidden layer
 */
public record Hamiltonian(int width, int hiddenLayers, Activation activation) implements Architecture {

    @Override
    public List<Problem> violations(int inputDimension) {
        return Stream.of(PhasePoint.violation(inputDimension),
                Problem.unlessBetween(pointer() + "/width", width, 1, Layer.MAX_UNITS),
                Problem.unlessBetween(pointer() + "/hiddenLayers", hiddenLayers, 1, MAX_LAYERS))
                .flatMap(Optional::stream).toList();
    }

    @Override
    public int outputDimension(int inputDimension) {
        return 1;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        Values values = scalar(width, hiddenLayers, activation).values(inputs, parameters);
        return new Values(values.layers(), values.outputs(),
                Optional.of(LinearAlgebra.entry(values.outputs(), 0)));
    }

    /** Hidden layers and a linear layer of one unit, without a bias as a constant has no gradient. */
    static Chain scalar(int width, int hiddenLayers, Activation activation) {
        var layers = new ArrayList<Layer>(Collections.nCopies(hiddenLayers, DenseLayer.of(width, activation)));
        layers.add(new AffineLayer(1, false));
        return new Chain(layers);
    }
}
