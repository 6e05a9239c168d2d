package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Lagrangian neural network (Cranmer et al., ICLR 2020 workshop, arXiv 2003.04630): the one output is a Lagrangian
 * L(q, q̇), and its field is (q̇, q̈) with q̈ = (∇q̇∇q̇ L)⁻¹ (∇q L − (∇q∇q̇ L) q̇), by the equations of Euler and Lagrange. The
 * energy is q̇ · ∇q̇ L − L.
 *
 * @param width the units of every hidden layer
 */
public record Lagrangian(int width, int hiddenLayers, Activation activation) implements Architecture {

    /** The second derivatives are taken apart entry by entry. */
    static final int MAX_INPUTS = 64;

    @Override
    public List<Problem> violations(int inputDimension) {
        return Stream.of(PhasePoint.violation(inputDimension),
                Problem.unlessBetween("/inputs", inputDimension, 2, MAX_INPUTS),
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
        Values values = Hamiltonian.scalar(width, hiddenLayers, activation).values(inputs, parameters);
        Expression lagrangian = LinearAlgebra.entry(values.outputs(), 0);
        Expression velocity = PhasePoint.of(inputs).p();
        Expression gradient = Derivative.of(lagrangian, inputs);
        Expression momentum = PhasePoint.of(gradient).p();
        Expression energy = Arithmetic.subtract(LinearAlgebra.dot(velocity, momentum), lagrangian);
        return new Values(values.layers(), values.outputs(), Optional.of(energy),
                Optional.of(new PhasePoint(velocity, acceleration(inputs, velocity, gradient)).vector()));
    }

    private static Expression acceleration(Expression inputs, Expression velocity, Expression gradient) {
        int n = velocity.shape().dimension(0);
        Expression hessian = Derivative.of(gradient, inputs);
        Expression mass = block(hessian, n, n, n);
        Expression mixed = block(hessian, n, 0, n);
        Expression force = Arithmetic.subtract(PhasePoint.of(gradient).q(), LinearAlgebra.matrixProduct(mixed, velocity));
        return LinearAlgebra.solve(mass, force);
    }

    /** The n × n entries of a matrix from a row and a column on. */
    private static Expression block(Expression matrix, int row, int column, int n) {
        return LinearAlgebra.array(Shape.of(n, n), IntStream.range(0, n * n)
                .mapToObj(i -> LinearAlgebra.entry(matrix, row + i / n, column + i % n)).toList());
    }
}
