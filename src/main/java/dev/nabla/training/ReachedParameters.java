package dev.nabla.training;

/**
 * How far a training has come.
 *
 * @param epoch how many epochs were over; steps of the next one may have been made
 * @param parameters the flat vector
 */
public record ReachedParameters(int epoch, double[] parameters) {}
