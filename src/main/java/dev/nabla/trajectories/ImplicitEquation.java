package dev.nabla.trajectories;

import dev.nabla.program.Engine;
import java.util.Arrays;

/**
 * Solves x = b + c f(x) for some entries of every state of a batch, the others being fixed. The iteration x ← b + c f(x)
 * needs nothing but the field and converges for steps that are not large; where it does not contract, Newton's method
 * takes over. Each state stops when it has settled, so that it does not depend on the others.
 */
final class ImplicitEquation {

    private static final int FIRST_JUDGED_ITERATION = 3;

    private final StateFunction field;
    private final double factor;
    private final Newton newton;
    private final States states;
    private final double[][] slopes;
    private final double[] changes;
    private final boolean[] isOpen;

    /**
     * @param factor c
     * @param states whose values the first guess is made from
     */
    ImplicitEquation(DynamicalSystem system, StateFunction field, double factor, Engine engine, States states) {
        this.field = field;
        this.factor = factor;
        this.newton = new Newton(system, factor, engine);
        this.states = states;
        this.slopes = field.at(states.values());
        this.changes = new double[states.count()];
        this.isOpen = new boolean[states.count()];
    }

    /**
     * The field at the solutions: for each state its entries. A state without a solution nearby fails.
     *
     * @param x holds the fixed entries and receives the entries {@code from} to {@code to − 1}
     * @param b of which those entries count
     */
    double[][] solve(double[] x, double[] b, int from, int to) {
        guess(x, b, from, to);
        Arrays.fill(changes, Double.POSITIVE_INFINITY);
        int open = 0;
        for (int s = 0; s < slopes.length; s++) {
            isOpen[s] = !states.isFailed(s);
            open += isOpen[s] ? 1 : 0;
        }
        for (int iteration = 1; open > 0; iteration++) {
            double[][] values = field.at(x);
            for (int s = 0; s < slopes.length; s++) {
                if (isOpen[s]) {
                    slopes[s] = values[s];
                    isOpen[s] = !isSolved(s, iteration, x, b, from, to);
                    open -= isOpen[s] ? 0 : 1;
                }
            }
        }
        return slopes;
    }

    /** With the field where it was computed last, which is near. */
    private void guess(double[] x, double[] b, int from, int to) {
        for (int s = 0; s < slopes.length; s++) {
            int offset = s * states.dimension();
            for (int i = from; i < to; i++) {
                x[offset + i] = b[offset + i] + factor * slopes[s][i];
            }
        }
    }

    private boolean isSolved(int s, int iteration, double[] x, double[] b, int from, int to) {
        int offset = s * states.dimension();
        double change = 0;
        double scale = 0;
        for (int i = from; i < to; i++) {
            double summand = factor * slopes[s][i];
            double next = b[offset + i] + summand;
            change = Math.max(change, Math.abs(next - x[offset + i]));
            scale = Math.max(scale, Math.abs(b[offset + i]) + Math.abs(summand));
            x[offset + i] = next;
        }
        Settling settling = Settling.of(change, changes[s], scale);
        changes[s] = change;
        if (settling == Settling.NOT_CONTRACTING && iteration >= FIRST_JUDGED_ITERATION) {
            newton.solve(x, b, offset, from, to).ifPresentOrElse(slope -> slopes[s] = slope, () -> states.fail(s,
                    "the equation of the implicit step has no solution nearby that was found; take a smaller step"));
            return true;
        }
        return settling == Settling.SETTLED;
    }
}
