package dev.nabla.trajectories;

/** A start from which a method does not get to the end. */
public final class FailedTrajectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int start;
    private final double time;

    /**
     * @param start the number of the start, from 0
     * @param time when it failed
     */
    FailedTrajectoryException(int start, double time, String what) {
        super(what);
        this.start = start;
        this.time = time;
    }

    public int start() {
        return start;
    }

    public double time() {
        return time;
    }
}
