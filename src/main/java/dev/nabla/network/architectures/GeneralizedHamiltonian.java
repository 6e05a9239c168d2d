package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public record GeneralizedHamiltonian(int width, int hiddenLayers, Activation activation, int steps, double stepSize,
        Integrator integrator, int systemParameters) implements Architecture {

    /** The most hidden layers that all steps go through. */
    private static final long MAX_DEPTH = 2_000;

    @Override
    public List<Problem> violations(int inputDimension) {
        List<Problem> violations = Stream.of(violationOfInputs(inputDimension),
                Problem.unlessBetween(pointer() + "/systemParameters", systemParameters, 0,
                        MAX_INPUTS),
                Problem.unlessBetween(pointer() + "/width", width, 1, Layer.MAX_UNITS),
                Problem.unlessBetween(pointer() + "/hiddenLayers", hiddenLayers, 1, MAX_LAYERS),
                Problem.unlessBetween(pointer() + "/steps", steps, 1, MAX_LAYERS),
                stepSize > 0 && Double.isFinite(stepSize) ? Optional.<Problem>empty()
                        : Optional.of(Problem.of(pointer() + "/stepSize", "must be positive, was " + stepSize)))
                .flatMap(Optional::stream).toList();
        long depth = (long) steps * hiddenLayers * integrator.gradients();
        return violations.isEmpty() && depth > MAX_DEPTH ? List.of(Problem.of(pointer() + "/steps",
                "must go through at most " + MAX_DEPTH + " hidden layers, went through " + depth)) : violations;
    }

    private Optional<Problem> violationOfInputs(int inputDimension) {
        int phase = inputDimension - systemParameters;
        return systemParameters <= 0 ? PhasePoint.violation(inputDimension)
                : phase > 0 && phase % 2 == 0 ? Optional.empty() : Optional.of(Problem.of("/inputs",
                        "must be positions, as many momenta and " + systemParameters + " parameters of the system, was "
                                + inputDimension));
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension - systemParameters;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        int dimension = outputDimension(inputs.shape().dimension(0)) / 2;
        PhasePoint start = PhasePoint.of(inputs, dimension);
        List<Expression> system = PhasePoint.entries(inputs, 2 * dimension, inputs.shape().dimension(0));
        Energy kinetic = energy(dimension, system, parameters);
        Energy potential = energy(dimension, system, parameters);
        Expression total = Arithmetic.sum(kinetic.at(start.p()), potential.at(start.q()));
        Expression field = PhasePoint.field(potential.gradientAt(start.q()), kinetic.gradientAt(start.p()));
        PhasePoint z = start;
        for (int step = 0; step < steps; step++) {
            z = integrator.step(z, potential::gradientAt, kinetic::gradientAt, stepSize);
        }
        return new Values(List.of(), z.vector(), Optional.of(total), Optional.of(field));
    }

    private Energy energy(int dimension, List<Expression> system, Parameters parameters) {
        Expression argument = Arithmetic.perSampleSymbol("argument", Shape.of(dimension + system.size()));
        Expression value = LinearAlgebra.entry(Hamiltonian.scalar(width, hiddenLayers, activation)
                .values(argument, parameters).outputs(), 0);
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
