package dev.nabla.optimizers;

/** An optimizer that takes the whole dataset at once and makes one iteration per epoch, as long as it chooses. */
public sealed interface FullBatchSettings extends OptimizerSettings permits QuasiNewtonSettings, NewtonSettings, GaussNewtonSettings {}
