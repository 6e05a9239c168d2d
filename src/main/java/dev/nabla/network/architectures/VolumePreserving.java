package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A map that keeps volumes, whatever its parameters are: layers x + activation(W x + b) with a W that is strictly lower
 * triangular and strictly upper triangular in turn, so that their Jacobians have determinant 1 (the volume-preserving
 * feedforward network of GeometricMachineLearning.jl). The parameters are the entries of the triangles, row by row.
 *
 * @param blocks the number of pairs of a lower and an upper layer
 */
public record VolumePreserving(int blocks, Activation activation) implements Architecture {

    /** The most entries of triangles, which are put into their places one by one. */
    private static final long MAX_ENTRIES = 10_000;

    @Override
    public List<Problem> violations(int inputDimension) {
        long entries = (long) blocks * inputDimension * (inputDimension - 1);
        Optional<Problem> size = Problem.unlessBetween(pointer() + "/blocks", blocks, 1, MAX_LAYERS);
        return Stream.of(inputDimension >= 2 ? Optional.<Problem>empty()
                : Optional.of(Problem.of("/inputs", "must be at least 2, was " + inputDimension)),
                size.isPresent() || entries <= MAX_ENTRIES ? size : Optional.of(Problem.of(pointer(),
                        "must have at most " + MAX_ENTRIES + " entries in its triangular matrices, had " + entries)))
                .flatMap(Optional::stream).toList();
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        Expression x = inputs;
        for (int k = 0; k < blocks; k++) {
            x = layer(x, true, parameters);
            x = layer(x, false, parameters);
        }
        return Values.of(x);
    }

    private Expression layer(Expression x, boolean lower, Parameters parameters) {
        parameters.beginLayer();
        int dimension = x.shape().dimension(0);
        Expression weights = triangular(parameters.triangle("W", dimension), dimension, lower);
        Expression z = Arithmetic.sum(LinearAlgebra.matrixProduct(weights, x), parameters.bias("b", dimension));
        return Arithmetic.sum(x, activation.apply(z));
    }

    private static Expression triangular(Expression triangle, int dimension, boolean lower) {
        var entries = new ArrayList<Expression>();
        int next = 0;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                entries.add((lower ? j < i : j > i) ? LinearAlgebra.entry(triangle, next++) : Arithmetic.constant(0));
            }
        }
        return LinearAlgebra.array(Shape.of(dimension, dimension), entries);
    }
}
