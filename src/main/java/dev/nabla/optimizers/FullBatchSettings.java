package dev.nabla.optimizers;

/** An optimizer that takes the whole dataset at once and makes one iteration per epoch, as long as it chooses. */
public sealed interface FullBatchSettings extends OptimizerSettings permits QuasiNewtonSettings, NewtonSettings, GaussNewtonSettings {

    /**
     * Training ends at a gradient whose Euclidean norm is at most this times the size of the function where training began, if that
     * is between 0 and 1: gradients of targets of 1e-6 are of the size of their squares.
     */
    double gradientTolerance();
}
