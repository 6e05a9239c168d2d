package dev.nabla.trajectories;

import java.util.Optional;

/**
 * Where one start went.
 *
 * @param states at every recorded time
 * @param energies at every recorded time, if the system has an energy
 */
public record Trajectory(double[][] states, Optional<double[]> energies) {}
