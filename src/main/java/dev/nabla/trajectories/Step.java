package dev.nabla.trajectories;

/** Takes the states that it was made for one step further. */
interface Step {

    /** @throws FailedTrajectoryException if it cannot */
    void advance();
}
