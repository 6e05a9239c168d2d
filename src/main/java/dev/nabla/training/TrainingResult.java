package dev.nabla.training;

/**
 * What a training leaves.
 *
 * @param parameters the flat vector of parameters after the last update
 * @param loss the loss over the whole dataset with these parameters
 * @param cancelled whether it was cancelled before its last epoch
 */
public record TrainingResult(double[] parameters, double loss, boolean cancelled) {}
