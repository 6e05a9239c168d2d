package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A G-SympNet: a symplectic map of (q, p), whatever its parameters are, of gradient modules, which add
 * Kᵀ diag(a) σ(K q + b) to p and the same of p to q in turn (Jin, Zhang, Zhu, Tang and Karniadakis, "SympNets:
 * Intrinsic structure-preserving symplectic networks for identifying Hamiltonian systems", Neural Networks 132, 2020).
 *
 * @param layers the number of pairs of modules
 * @param width the number of rows of K
 */
public record GSympNet(int layers, int width, Activation activation) implements Architecture {

    @Override
    public List<Problem> violations(int inputDimension) {
        return Stream.of(PhasePoint.violation(inputDimension),
                Problem.unlessBetween(pointer() + "/layers", layers, 1, MAX_LAYERS),
                Problem.unlessBetween(pointer() + "/width", width, 1, Layer.MAX_UNITS))
                .flatMap(Optional::stream).toList();
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        PhasePoint z = PhasePoint.of(inputs);
        for (int k = 0; k < layers; k++) {
            z = z.kick(module(z.dimension(), parameters));
            z = z.drift(module(z.dimension(), parameters));
        }
        return Values.of(z.vector());
    }

    private UnaryOperator<Expression> module(int dimension, Parameters parameters) {
        parameters.beginLayer();
        Expression weights = parameters.weights("K", width, dimension);
        Expression bias = parameters.bias("b", width);
        Expression scale = parameters.scale("a", width);
        return x -> LinearAlgebra.matrixProduct(LinearAlgebra.transpose(weights), Arithmetic.product(scale,
                activation.apply(Arithmetic.sum(LinearAlgebra.matrixProduct(weights, x), bias))));
    }
}
