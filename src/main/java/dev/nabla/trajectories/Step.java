package dev.nabla.trajectories;

/** Takes the states that it was made for one step further, and fails those where it cannot. */
interface Step {

    void advance();
}
