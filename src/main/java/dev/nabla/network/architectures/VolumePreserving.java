package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A map that keeps volumes, whatever its parameters are: layers x + activation(W x + b) with a W that is strictly lower
 * triangular and strictly upper triangular in turn, so that their Jacobians have determinant 1 (the volume-preserving
 * feedforward network of GeometricMachineLearning.jl). The parameters are the entries of the triangles, row by row.
 *
 * @param blocks the number of pairs of a lower and an upper layer
 */
@JsonTypeName("volume-preserving")
@Schema(description = "A map whose Jacobian has determinant 1.")
public record VolumePreserving(
        @Schema(description = "The number of pairs of a lower and an upper triangular layer.", example = "2")
        @Min(1) @Max(MAX_LAYERS) int blocks,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    /** The most entries of triangles, which are put into their places one by one. */
    private static final long MAX_ENTRIES = 10_000;

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        return inputDimension >= 2 ? Optional.empty()
                : Optional.of(Problem.of("/inputs", "must be at least 2, was " + inputDimension));
    }

    @Override
    public Optional<Problem> violationOfWhole(int inputDimension) {
        long entries = (long) blocks * inputDimension * (inputDimension - 1);
        return entries <= MAX_ENTRIES ? activation.violationOfEntrywise(pointer() + "/activation") : Optional.of(Problem.of(pointer(),
                "must have at most " + MAX_ENTRIES + " entries in its triangular matrices, had " + entries));
    }

    @Override
    public Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputs,
            List<String> outputs) {
        return ScaledStructure.violationOfVolume(normalization, inputs, outputs);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        List<UnaryOperator<Expression>> layers = IntStream.range(0, 2 * blocks)
                .mapToObj(k -> layer(inputDimension, k % 2 == 0, parameters)).toList();
        return inputs -> {
            Expression x = inputs;
            for (UnaryOperator<Expression> layer : layers) {
                x = layer.apply(x);
            }
            return Values.of(x);
        };
    }

    private UnaryOperator<Expression> layer(int dimension, boolean lower, Parameters parameters) {
        parameters.beginLayer();
        Expression triangle = parameters.triangle("W", dimension);
        Expression bias = parameters.bias("b", dimension);
        return x -> Arithmetic.sum(x, activation.apply(Arithmetic.sum(
                LinearAlgebra.matrixProduct(triangular(triangle, dimension, lower), x), bias)));
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
