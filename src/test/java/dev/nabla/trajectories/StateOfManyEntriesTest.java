package dev.nabla.trajectories;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.LinearAlgebra.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateOfManyEntriesTest {

    private static final TimeGrid ONE_STEP = new TimeGrid(0.1, 1, 1);

    /** Two oscillators of frequencies √k and √c, where k is a parameter and c an entry of the state that does not move. */
    @Test
    void stoermerVerletMovesAllPositionsAndMomentaAndNoConstants() {
        Symbol state = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(5));
        Symbol k = (Symbol) Arithmetic.symbol("k", Shape.SCALAR);
        Scope names = Scope.of(Map.of("q1", entry(state, 0), "q2", entry(state, 1), "p1", entry(state, 2), "p2",
                entry(state, 3), "c", entry(state, 4), "k", k));
        var system = new DynamicalSystem(state, Equation.parse("[p1, p2, -k*q1, -c*q2, 0]", names), Optional.empty(), 1,
                Map.of(k, new double[] {2}));
        double[] z = {1, -0.5, 0.25, 0.75};
        double[] stiffness = {2, 3};
        for (int step = 0; step < 100; step++) {
            for (int i = 0; i < 2; i++) {
                double half = z[2 + i] - 0.05 * stiffness[i] * z[i];
                z[i] += 0.1 * half;
                z[2 + i] = half - 0.05 * stiffness[i] * z[i];
            }
        }
        double[][] states = Integration.of(system, new KernelEngine()).follow(new double[][] {{1, -0.5, 0.25, 0.75, 3}},
                new StoermerVerlet(), new TimeGrid(0.1, 100, 100)).getFirst().states();
        assertThat(states[1]).containsExactly(new double[] {z[0], z[1], z[2], z[3], 3}, within(1e-12));
    }

    @Test
    void stepsThatAreNotStiffNeedNoNewtonsMethod() {
        assertThat(afterAStep(decaying(65, 1, 0))).containsExactly(everywhere(65, 19 / 21.0), within(1e-14));
    }

    /** With dxᵢ/dt = 40 xᵢ₊₁ for i < 4, the iteration reaches the solution by a step of 4 and one of 8. */
    @Test
    void aSecondStepOfTheIterationMayBeLargerThanItsFirst() {
        Expression state = Arithmetic.perSampleSymbol("inputs", Shape.of(65));
        var entries = new ArrayList<Expression>(Collections.nCopies(65, constant(0)));
        double[] start = new double[65];
        double[] end = new double[65];
        for (int i = 0; i < 3; i++) {
            entries.set(i, product(constant(40), entry(state, i + 1)));
            end[i] = 16 >> i;
        }
        start[3] = 1;
        end[3] = 1;
        var chain = new DynamicalSystem((Symbol) state, LinearAlgebra.stack(entries), Optional.empty(), 0, Map.of());
        assertThat(Integration.of(chain, new KernelEngine()).follow(new double[][] {start}, new ImplicitMidpoint(),
                ONE_STEP).getFirst().states()[1]).containsExactly(end, within(1e-14));
    }

    @Test
    void newtonsMethodIsForStatesOf64EntriesAtMost() {
        assertThat(afterAStep(stiff(64, 0))).containsExactly(everywhere(64, -49 / 51.0), within(1e-14));
        assertNoSolution(stiff(65, 0));
    }

    @Test
    void newtonsMethodIsForFieldsOf2000000NodesInAllRowsAtMost() {
        int others = Graph.nodeCount(List.of(stiff(64, 1).law())) - 1;
        DynamicalSystem largest = stiff(64, 2_000_000 / 64 - others);
        assertThat(Graph.nodeCount(List.of(largest.law())) * 64).isEqualTo(2_000_000);
        assertThat(afterAStep(largest)[1]).isCloseTo(-49 / 51.0, within(1e-14));
        assertNoSolution(stiff(64, 2_000_000 / 64 - others + 1));
    }

    private static DynamicalSystem stiff(int dimension, int sines) {
        return decaying(dimension, 1000, sines);
    }

    /** dx/dt = −rate x in every entry; to the first, 10⁻³ sin(sin(… x)) is added. */
    private static DynamicalSystem decaying(int dimension, double rate, int sines) {
        Expression state = Arithmetic.perSampleSymbol("inputs", Shape.of(dimension));
        Expression nested = entry(state, 0);
        for (int i = 0; i < sines; i++) {
            nested = apply(ScalarFunction.SIN, nested);
        }
        var entries = new ArrayList<Expression>();
        for (int i = 0; i < dimension; i++) {
            entries.add(product(constant(-rate), entry(state, i)));
        }
        if (sines > 0) {
            entries.set(0, sum(entries.getFirst(), product(constant(1e-3), nested)));
        }
        return new DynamicalSystem((Symbol) state, LinearAlgebra.stack(entries), Optional.empty(), 0, Map.of());
    }

    private static double[] afterAStep(DynamicalSystem system) {
        return Integration.of(system, new KernelEngine()).follow(new double[][] {everywhere(system.dimension(), 1)},
                new ImplicitMidpoint(), ONE_STEP).getFirst().states()[1];
    }

    private static void assertNoSolution(DynamicalSystem system) {
        assertThatExceptionOfType(FailedTrajectoryException.class).isThrownBy(() -> afterAStep(system))
                .withMessageContaining("has no solution nearby that was found; take a smaller step");
    }

    private static double[] everywhere(int dimension, double value) {
        return Collections.nCopies(dimension, value).stream().mapToDouble(Double::doubleValue).toArray();
    }
}
