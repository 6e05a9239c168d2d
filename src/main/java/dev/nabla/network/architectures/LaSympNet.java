package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An LA-SympNet: a symplectic map of (q, p), whatever its parameters are (Jin, Zhang, Zhu, Tang and Karniadakis,
 * "SympNets: Intrinsic structure-preserving symplectic networks for identifying Hamiltonian systems", Neural Networks
 * 132, 2020). A linear module is a product of unit triangular blocks, which add S q to p and S p to q in turn, with
 * symmetric S = A + Aᵀ, and a bias; an activation module adds diag(a) σ(q) to p, every other one diag(a) σ(p) to q.
 *
 * @param layers the number of pairs of a linear and an activation module; a linear module follows the last
 * @param sublayers the number of blocks of a linear module
 */
public record LaSympNet(int layers, int sublayers, Activation activation) implements Architecture {

    static final int MAX_SUBLAYERS = 20;

    /** The most blocks of all linear modules. */
    private static final long MAX_BLOCKS = 2_000;

    @Override
    public List<Problem> violations(int inputDimension) {
        List<Problem> violations = Stream.of(PhasePoint.violation(inputDimension),
                Problem.unlessBetween(pointer() + "/layers", layers, 1, MAX_LAYERS),
                Problem.unlessBetween(pointer() + "/sublayers", sublayers, 1, MAX_SUBLAYERS))
                .flatMap(Optional::stream).toList();
        long blocks = (layers + 1L) * sublayers;
        return violations.isEmpty() && blocks > MAX_BLOCKS ? List.of(Problem.of(pointer(),
                "must have at most " + MAX_BLOCKS + " triangular blocks, had " + blocks)) : violations;
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        PhasePoint z = PhasePoint.of(inputs);
        for (int k = 0; k < layers; k++) {
            z = linear(z, parameters);
            Expression scale = scale(z.dimension(), parameters);
            UnaryOperator<Expression> module = x -> Arithmetic.product(scale, activation.apply(x));
            z = k % 2 == 0 ? z.kick(module) : z.drift(module);
        }
        return Values.of(linear(z, parameters).vector());
    }

    private static Expression scale(int dimension, Parameters parameters) {
        parameters.beginLayer();
        return parameters.scale("a", dimension);
    }

    private PhasePoint linear(PhasePoint start, Parameters parameters) {
        parameters.beginLayer();
        PhasePoint z = start;
        for (int block = 1; block <= sublayers; block++) {
            Expression half = parameters.weights("A" + block, z.dimension(), z.dimension());
            Expression symmetric = Arithmetic.sum(half, LinearAlgebra.transpose(half));
            UnaryOperator<Expression> product = x -> LinearAlgebra.matrixProduct(symmetric, x);
            z = block % 2 == 1 ? z.kick(product) : z.drift(product);
        }
        return new PhasePoint(Arithmetic.sum(z.q(), parameters.bias("bq", z.dimension())),
                Arithmetic.sum(z.p(), parameters.bias("bp", z.dimension())));
    }
}
