package dev.nabla.network;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A symplectic map of (q, p), whatever its parameters are: steps of an integrator for the energy T(p) + V(q), where the
 * kinetic T and the potential V are networks, in this order (Chen, Zhang, Arjovsky and Bottou, "Symplectic recurrent
 * neural networks", ICLR 2020).
 *
 * @param width the units of every hidden layer of T and of V
 * @param hiddenLayers of T and of V
 * @param steps the number of steps of the integrator
 * @param stepSize the time that a step takes
 */
public record GeneralizedHamiltonian(int width, int hiddenLayers, Activation activation, int steps, double stepSize,
        Integrator integrator) implements Architecture {

    /** The most hidden layers that all steps go through. */
    private static final long MAX_DEPTH = 2_000;

    @Override
    public List<Violation> violations(int inputDimension) {
        List<Violation> violations = Stream.of(PhasePoint.violation(inputDimension),
                Violation.unlessBetween(pointer() + "/width", width, 1, Layer.MAX_UNITS),
                Violation.unlessBetween(pointer() + "/hiddenLayers", hiddenLayers, 1, MAX_LAYERS),
                Violation.unlessBetween(pointer() + "/steps", steps, 1, MAX_LAYERS),
                stepSize > 0 && Double.isFinite(stepSize) ? Optional.<Violation>empty()
                        : Optional.of(new Violation(pointer() + "/stepSize", "must be positive, was " + stepSize)))
                .flatMap(Optional::stream).toList();
        long depth = (long) steps * hiddenLayers * integrator.gradients();
        return violations.isEmpty() && depth > MAX_DEPTH ? List.of(new Violation(pointer() + "/steps",
                "must go through at most " + MAX_DEPTH + " hidden layers, went through " + depth)) : violations;
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        PhasePoint z = PhasePoint.of(inputs);
        Energy kinetic = energy(z.dimension(), parameters);
        Energy potential = energy(z.dimension(), parameters);
        Expression total = Arithmetic.sum(kinetic.at(z.p()), potential.at(z.q()));
        for (int step = 0; step < steps; step++) {
            z = integrator.step(z, potential::gradientAt, kinetic::gradientAt, stepSize);
        }
        return new Values(List.of(), z.vector(), Optional.of(total));
    }

    private Energy energy(int dimension, Parameters parameters) {
        Expression argument = Arithmetic.perSampleSymbol("argument", Shape.of(dimension));
        Expression value = LinearAlgebra.entry(Hamiltonian.scalar(width, hiddenLayers, activation)
                .values(argument, parameters).outputs(), 0);
        return new Energy(argument, value, Derivative.of(value, argument));
    }

    /** A scalar function of a vector. */
    private record Energy(Expression argument, Expression value, Expression gradient) {

        Expression at(Expression point) {
            return Graph.substitute(value, Map.of(argument, point));
        }

        Expression gradientAt(Expression point) {
            return Graph.substitute(gradient, Map.of(argument, point));
        }
    }
}
