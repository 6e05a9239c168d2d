package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
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
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A symplectic map of (q, p), whatever its parameters are: steps of an integrator for the energy T(p, c) + V(q, c), where
 * the kinetic T and the potential V are networks, in this order, and c are parameters of the system, which are inputs
 * behind q and p (Chen, Zhang, Arjovsky and Bottou, "Symplectic recurrent neural networks", ICLR 2020).
 *
 * @param width the units of every hidden layer of T and of V
 * @param hiddenLayers of T and of V
 * @param steps the number of steps of the integrator
 * @param stepSize the time that a step takes
 * @param systemParameters the length of c, which may be 0
 */
@JsonTypeName("generalized-hamiltonian")
@Schema(description = "A symplectic map of (q, p) by steps of an integrator for the energy T(p, c) + V(q, c), where c are "
        + "parameters of the system: inputs behind q and p.")
public record GeneralizedHamiltonian(
        @Schema(description = "The units of every hidden layer.", example = "16") @Min(1) @Max(Layer.MAX_UNITS) int width,
        @Schema(description = "The number of hidden layers.", example = "2") @Min(1) @Max(MAX_LAYERS) int hiddenLayers,
        @JsonProperty(defaultValue = "tanh") Activation activation,
        @Schema(description = "The number of steps of the integrator.", example = "1") @Min(1) @Max(MAX_LAYERS) int steps,
        @Schema(description = "The time that a step takes.", example = "0.1") @Positive double stepSize,
        @JsonProperty(defaultValue = "stoermer-verlet") Integrator integrator,
        @Schema(description = "How many of the inputs, the last ones, are parameters of the system.", example = "1")
        @Min(0) @Max(MAX_INPUTS) @JsonProperty(defaultValue = "0") int systemParameters) implements Architecture {

    /** The most hidden layers that all steps go through. */
    private static final long MAX_DEPTH = 2_000;

    @Override
    public Optional<Problem> violationOfWhole(int inputDimension) {
        long depth = (long) steps * hiddenLayers * integrator.gradients();
        return depth <= MAX_DEPTH ? Optional.empty() : Optional.of(Problem.of(pointer() + "/steps",
                "must go through at most " + MAX_DEPTH + " hidden layers, went through " + depth));
    }

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        int phase = inputDimension - systemParameters;
        return systemParameters <= 0 ? PhasePoint.violation(inputDimension)
                : phase > 0 && phase % 2 == 0 ? Optional.empty() : Optional.of(Problem.of("/inputs",
                        "must be positions, as many momenta and " + systemParameters + " parameters of the system, was "
                                + inputDimension));
    }

    /** Its steps in time and its field would be those of an energy of other units. */
    @Override
    public Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputs,
            List<String> outputs) {
        return Optional.of(Problem.of(Normalization.POINTER, "is not for generalized-hamiltonian, whose steps in time are of the "
                + "natural inputs: scale the data, and the step size with it"));
    }

    @Override
    public Set<String> ownNames() {
        return Set.of(Identifier.ENERGY);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension - systemParameters;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        int dimension = outputDimension(inputDimension) / 2;
        Chain scalar = Hamiltonian.scalar(width, hiddenLayers, activation);
        Function<Expression, Values> kinetic = scalar.map(dimension + systemParameters, parameters);
        Function<Expression, Values> potential = scalar.map(dimension + systemParameters, parameters);
        return inputs -> {
            List<Expression> system = PhasePoint.entries(inputs, 2 * dimension, inputDimension);
            return values(PhasePoint.of(inputs, dimension), energy(dimension, system, kinetic),
                    energy(dimension, system, potential));
        };
    }

    private Values values(PhasePoint start, Energy kinetic, Energy potential) {
        Expression total = Arithmetic.sum(kinetic.at(start.p()), potential.at(start.q()));
        Expression field = PhasePoint.field(potential.gradientAt(start.q()), kinetic.gradientAt(start.p()));
        PhasePoint z = start;
        for (int step = 0; step < steps; step++) {
            z = integrator.step(z, potential::gradientAt, kinetic::gradientAt, stepSize);
        }
        return new Values(List.of(), z.vector(), Optional.of(total), Optional.of(field));
    }

    private static Energy energy(int dimension, List<Expression> system, Function<Expression, Values> scalar) {
        Expression argument = Arithmetic.perSampleSymbol("argument", Shape.of(dimension + system.size()));
        Expression value = LinearAlgebra.entry(scalar.apply(argument).outputs(), 0);
        Expression gradient = Derivative.of(value, argument);
        return new Energy(argument, value, system.isEmpty() ? gradient
                : LinearAlgebra.stack(PhasePoint.entries(gradient, 0, dimension)), system);
    }

    /** A scalar function of a vector x and of the parameters of the system, and its gradient with respect to x. */
    private record Energy(Expression argument, Expression value, Expression gradient, List<Expression> system) {

        Expression at(Expression x) {
            return Graph.substitute(value, Map.of(argument, joined(x)));
        }

        Expression gradientAt(Expression x) {
            return Graph.substitute(gradient, Map.of(argument, joined(x)));
        }

        private Expression joined(Expression x) {
            return system.isEmpty() ? x : LinearAlgebra.stack(Stream.concat(
                    PhasePoint.entries(x, 0, x.shape().dimension(0)).stream(), system.stream()).toList());
        }
    }
}
