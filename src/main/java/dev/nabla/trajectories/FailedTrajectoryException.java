package dev.nabla.trajectories;

import java.util.Comparator;
import java.util.List;

/** Starts from which a method does not get to the end. */
public final class FailedTrajectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    /** @param failures one or more, in any order */
    FailedTrajectoryException(List<Failure> failures) {
        super(failures.size() + " starts fail, found first: " + failures.getFirst());
        this.failures = failures.stream().sorted(Comparator.comparingInt(Failure::start)).toList();
    }

    /**
     * Why and when a trajectory ended.
     *
     * @param start the number of the start, from 0
     */
    public record Failure(int start, double time, String reason) {}

    /** Of every start that was found to fail, in the order of the starts. */
    public List<Failure> failures() {
        return failures;
    }
}
