package dev.nabla.trajectories;

import dev.nabla.trajectories.FailedTrajectoryException.Failure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The states of some neighbouring starts at one time. */
final class States {

    private final int firstStart;
    private final int dimension;
    private final double[] values;
    private final Map<Integer, Failure> failures = new TreeMap<>();
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

    void failWhereNotFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                fail(i / dimension, "the state is not finite any more");
            }
        }
    }

    /** Ends a trajectory, unless it has ended before; what its state is from now on does not matter. */
    void fail(int sample, String reason) {
        failures.putIfAbsent(sample, new Failure(firstStart + sample, time, reason));
    }

    boolean isFailed(int sample) {
        return failures.containsKey(sample);
    }

    Collection<Failure> failures() {
        return failures.values();
    }
}
