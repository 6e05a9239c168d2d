package dev.nabla.optimizers;

/**
 * L-BFGS on the whole dataset, one iteration per epoch (Nocedal and Wright, "Numerical optimization", second edition,
 * 2006, algorithm 7.5).
 *
 * @param history the iterations that the approximate Hessian remembers, at least 1
 * @param gradientTolerance training ends at a gradient whose Euclidean norm is at most this; at least 0
 */
public record LbfgsSettings(int history, double gradientTolerance) implements OptimizerSettings {

    public static final String TYPE = "lbfgs";
    public static final LbfgsSettings DEFAULT = new LbfgsSettings(10, 1e-10);
}
