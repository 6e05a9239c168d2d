package dev.nabla.trajectories;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.program.engine.KernelEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Systems in the plane of q and p by their equations. */
final class PlanarSystem {

    private static final Expression STATE = Arithmetic.perSampleSymbol("inputs", Shape.of(2));
    private static final Scope NAMES = Scope.of(Map.of("q", LinearAlgebra.entry(STATE, 0), "p",
            LinearAlgebra.entry(STATE, 1)));

    private PlanarSystem() {}

    static DynamicalSystem system(String law) {
        return system(law, Optional.empty());
    }

    static Integration of(String law) {
        return Integration.of(system(law), new KernelEngine());
    }

    /** With H as the energy and the field (∂H/∂p, −∂H/∂q). */
    static Integration hamiltonian(String energy) {
        return Integration.of(system("[D(%1$s, p), -D(%1$s, q)]".formatted(energy), Optional.of(energy)),
                new KernelEngine());
    }

    static DynamicalSystem system(String law, Optional<String> energy) {
        return new DynamicalSystem((Symbol) STATE, Equation.parse(law, NAMES),
                energy.map(equation -> Equation.parse(equation, NAMES)), 0, Map.of());
    }

    static Trajectory follow(Integration integration, Method method, TimeGrid grid, double q, double p) {
        return integration.follow(new double[][] {{q, p}}, method, grid).getFirst();
    }

    static double[] end(Integration integration, Method method, TimeGrid grid, double q, double p) {
        return List.of(follow(integration, method, grid, q, p).states()).getLast();
    }
}
