package dev.nabla.training.sweeps;

/**
 * How a trial stands after an epoch.
 *
 * @param lowest of the epochs so far
 * @param mean of the epochs so far
 */
public record Score(double lowest, double mean) {}
