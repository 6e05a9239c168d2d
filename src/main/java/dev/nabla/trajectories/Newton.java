package dev.nabla.trajectories;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Graph;
import dev.nabla.program.Engine;
import dev.nabla.program.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.jspecify.annotations.Nullable;

/** Newton's method for x = b + c f(x) in some entries of one state, with the symbolic Jacobian of f. */
final class Newton {

    private static final int MAX_DIMENSION = 64;
    /** Of the field, each counted once per row of the Jacobian. */
    private static final int MAX_NODES_OF_ROWS = 2_000_000;
    private static final int MAX_ITERATIONS = 50;

    private final DynamicalSystem system;
    private final double factor;
    private final Engine engine;
    private @Nullable StateFunction fieldAndJacobian;

    /** @param factor c */
    Newton(DynamicalSystem system, double factor, Engine engine) {
        this.system = system;
        this.factor = factor;
        this.engine = engine;
    }

    /**
     * The field at the solution; empty if none is found, or if the Jacobian would be too large.
     *
     * @param x a batch, of which the state at {@code offset} receives the entries {@code from} to {@code to − 1}
     * @param b the batch where it starts and of which those entries count
     */
    Optional<double[]> solve(double[] x, double[] b, int offset, int from, int to) {
        if (!isAffordable()) {
            return Optional.empty();
        }
        double[] state = Arrays.copyOfRange(x, offset, offset + system.dimension());
        System.arraycopy(b, offset + from, state, from, to - from);
        double before = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] slope = fieldAndJacobian().at(state)[0];
            double[] residual = new double[to - from];
            double scale = 0;
            for (int i = from; i < to; i++) {
                double summand = factor * slope[i];
                residual[i - from] = b[offset + i] + summand - state[i];
                scale = Math.max(scale, Math.abs(b[offset + i]) + Math.abs(summand));
            }
            double change = correct(state, residual, from);
            if (Settling.of(change, before, scale) == Settling.SETTLED) {
                for (int i = from; i < to; i++) {
                    x[offset + i] = state[i];
                    // By the equation, as the field multiplies the rounding of the state by how steep it is.
                    slope[i] = (state[i] - b[offset + i]) / factor;
                }
                return Optional.of(slope);
            }
            before = change;
        }
        return Optional.empty();
    }

    /** Adds δ with (I − c ∂f/∂x) δ = residual to the state and returns its largest entry, NaN if there is no δ. */
    private double correct(double[] state, double[] residual, int from) {
        double[] jacobian = fieldAndJacobian().output(1)[0];
        int size = residual.length;
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = (i == j ? 1 : 0) - factor * jacobian[(from + i) * state.length + from + j];
            }
        }
        double[] correction = new LUDecomposition(new Array2DRowRealMatrix(matrix, false), 0).getSolver()
                .solve(new ArrayRealVector(residual, false)).toArray();
        double change = 0;
        for (int i = 0; i < size; i++) {
            state[from + i] += correction[i];
            change = Math.max(change, Math.abs(correction[i]));
        }
        return change;
    }

    private boolean isAffordable() {
        return system.dimension() <= MAX_DIMENSION
                && (long) Graph.nodeCount(List.of(system.law())) * system.dimension() <= MAX_NODES_OF_ROWS;
    }

    private StateFunction fieldAndJacobian() {
        if (fieldAndJacobian == null) {
            fieldAndJacobian = new StateFunction(Program.compile(List.of(system.law(),
                    Derivative.of(system.law(), system.state())), system.symbols()), system, 1, engine);
        }
        return fieldAndJacobian;
    }
}
