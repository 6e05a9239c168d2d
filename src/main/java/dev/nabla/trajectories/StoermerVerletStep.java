package dev.nabla.trajectories;

import dev.nabla.program.Engine;

/**
 * With f = (f_q, f_p): p½ = p + h/2 f_p(q, p½), q′ = q + h/2 (f_q(q, p½) + f_q(q′, p½)), p′ = p½ + h/2 f_p(q′, p½).
 * Where f_q depends on p only and f_p on q only, the first guess solves each of the two equations.
 */
final class StoermerVerletStep implements Step {

    private final States states;
    private final int half;
    private final double halfStep;
    private final ImplicitEquation equation;
    private final double[] known;
    private final double[] unknown;

    StoermerVerletStep(DynamicalSystem system, StateFunction field, double step, Engine engine, States states) {
        int moving = system.dimension() - system.constants();
        if (moving % 2 != 0) {
            throw new IllegalArgumentException("needs q and p of one length, the state has " + moving + " entries that move");
        }
        this.half = moving / 2;
        this.states = states;
        this.halfStep = step / 2;
        this.equation = new ImplicitEquation(system, field, halfStep, engine, states);
        this.known = new double[states.values().length];
        this.unknown = new double[states.values().length];
    }

    @Override
    public void advance() {
        double[] z = states.values();
        int dimension = states.dimension();
        System.arraycopy(z, 0, unknown, 0, z.length);
        double[][] slopes = equation.solve(unknown, z, half, 2 * half);
        add(z, slopes, 0, half, known);
        slopes = equation.solve(unknown, known, 0, half);
        add(unknown, slopes, half, 2 * half, z);
        for (int s = 0; s < slopes.length; s++) {
            System.arraycopy(unknown, s * dimension, z, s * dimension, half);
        }
    }

    /** Sets the entries {@code from} to {@code to − 1} of every state to those of {@code base} + h/2 f. */
    private void add(double[] base, double[][] slopes, int from, int to, double[] sum) {
        for (int s = 0; s < slopes.length; s++) {
            int offset = s * states.dimension();
            for (int i = from; i < to; i++) {
                sum[offset + i] = base[offset + i] + halfStep * slopes[s][i];
            }
        }
    }
}
