package dev.nabla.program;

/** One update of parameters and moment estimates by Adam, from the gradient that stands in its place. */
public interface AdamUpdate {

    /** @param step the number of this update, counted from 1 */
    void run(double learningRate, double beta1, double beta2, double epsilon, int step);
}
