package dev.nabla.trajectories;

import java.util.stream.IntStream;

/**
 * The times of the steps and which of them are recorded: the start and every {@code every}-th step.
 *
 * @param step the time between two steps
 */
public record TimeGrid(double step, int steps, int every) {

    /** How many times are recorded. */
    public int size() {
        return 1 + steps / every;
    }

    public double[] times() {
        return IntStream.range(0, size()).mapToDouble(k -> time(k * every)).toArray();
    }

    double time(int step) {
        return step * this.step;
    }

    int lastRecordedStep() {
        return (size() - 1) * every;
    }
}
