package dev.nabla.optimizers;

/** Of a method that learns an inverse Hessian from how the gradient changes. */
public sealed interface QuasiNewtonSettings extends FullBatchSettings permits LbfgsSettings, SelfScaledBroydenSettings {

    /** Its line search steps to finite losses only: the numbers of a start were too large already, or its equations have none there. */
    @Override
    default String ifItDiverges() {
        return "inputs and targets of about the size of 1, or another seed";
    }
}
