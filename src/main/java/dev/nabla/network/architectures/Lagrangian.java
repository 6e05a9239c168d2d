package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.language.Identifier;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A Lagrangian neural network (Cranmer et al., ICLR 2020 workshop, arXiv 2003.04630): the one output is a Lagrangian
 * L(q, q̇), and its field is (q̇, q̈) with q̈ = (∇q̇∇q̇ L)⁻¹ (∇q L − (∇q∇q̇ L) q̇), by the equations of Euler and Lagrange. The
 * energy is q̇ · ∇q̇ L − L.
 *
 * @param width the units of every hidden layer
 */
@JsonTypeName("lagrangian")
@Schema(description = "A Lagrangian L(q, q̇), the one output, of an even number of inputs.")
public record Lagrangian(
        @Schema(description = "The units of every hidden layer.", example = "16") @Min(1) @Max(Layer.MAX_UNITS) int width,
        @Schema(description = "The number of hidden layers.", example = "2") @Min(1) @Max(MAX_LAYERS) int hiddenLayers,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    /** The second derivatives are taken apart entry by entry. */
    static final int MAX_INPUTS = 64;

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        return PhasePoint.violation(inputDimension)
                .or(() -> Problem.unlessBetween("/inputs", inputDimension, 2, MAX_INPUTS));
    }

    @Override
    public Set<String> ownNames() {
        return Set.of(Identifier.ENERGY);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return 1;
    }

    @Override
    public OptionalInt certainOutputDimension() {
        return OptionalInt.of(1);
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        Function<Expression, Values> scalar =
                Hamiltonian.scalar(width, hiddenLayers, activation).map(inputDimension, parameters);
        return inputs -> values(inputs, scalar.apply(inputs));
    }

    /** By the equations of Euler and Lagrange in the natural inputs. */
    @Override
    public Values normalized(Function<Expression, Values> map, Expression inputs, Expression scaled,
            UnaryOperator<Expression> natural) {
        Values scalar = map.apply(scaled);
        return values(inputs, new Values(scalar.layers(), natural.apply(scalar.outputs()), Optional.empty()));
    }

    private static Values values(Expression inputs, Values values) {
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
