package dev.nabla.trajectories;

import java.util.Arrays;

/** The states of some neighbouring starts at one time. */
final class States {

    private final int firstStart;
    private final int dimension;
    private final double[] values;
    private double time;

    /** The starts {@code from} to {@code to − 1} at time 0. */
    States(double[][] starts, int from, int to, int dimension) {
        this.firstStart = from;
        this.dimension = dimension;
        this.values = new double[(to - from) * dimension];
        for (int s = from; s < to; s++) {
            System.arraycopy(starts[s], 0, values, (s - from) * dimension, dimension);
        }
    }

    int count() {
        return values.length / dimension;
    }

    int dimension() {
        return dimension;
    }

    /** State after state; whoever advances the states writes here. */
    double[] values() {
        return values;
    }

    /** A copy of one state. */
    double[] state(int sample) {
        return Arrays.copyOfRange(values, sample * dimension, (sample + 1) * dimension);
    }

    /** The time that a step leads to. */
    void advanceTo(double time) {
        this.time = time;
    }

    void requireFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw failure(i / dimension, "the state is not finite any more");
            }
        }
    }

    FailedTrajectoryException failure(int sample, String what) {
        return new FailedTrajectoryException(firstStart + sample, time, what);
    }
}
