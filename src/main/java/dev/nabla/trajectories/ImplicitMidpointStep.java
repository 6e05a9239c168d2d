package dev.nabla.trajectories;

import dev.nabla.program.Engine;

/** m = z + h/2 f(m), z′ = z + h f(m). */
final class ImplicitMidpointStep implements Step {

    private final States states;
    private final double step;
    private final ImplicitEquation middle;
    private final double[] middles;

    ImplicitMidpointStep(DynamicalSystem system, StateFunction field, double step, Engine engine, States states) {
        this.states = states;
        this.step = step;
        this.middle = new ImplicitEquation(system, field, step / 2, engine, states);
        this.middles = new double[states.values().length];
    }

    @Override
    public void advance() {
        double[] z = states.values();
        int dimension = states.dimension();
        double[][] slopes = middle.solve(middles, z, 0, dimension);
        for (int s = 0; s < slopes.length; s++) {
            for (int i = 0; i < dimension; i++) {
                z[s * dimension + i] += step * slopes[s][i];
            }
        }
    }
}
