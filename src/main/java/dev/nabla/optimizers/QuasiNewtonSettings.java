package dev.nabla.optimizers;

/** Of a method that learns an inverse Hessian from how the gradient changes. */
public sealed interface QuasiNewtonSettings extends FullBatchSettings permits LbfgsSettings, SelfScaledBroydenSettings {

    /** Training ends at a gradient whose Euclidean norm is at most this. */
    double gradientTolerance();
}
