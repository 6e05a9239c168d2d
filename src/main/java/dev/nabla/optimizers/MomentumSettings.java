package dev.nabla.optimizers;

/**
 * Gradient descent with momentum (the heavy ball of Polyak, "Some methods of speeding up the convergence of iteration
 * methods", 1964): b ← μ b + g, θ ← θ − η b.
 *
 * @param learningRate η, above 0
 * @param momentum μ, in [0, 1)
 */
public record MomentumSettings(double learningRate, double momentum, LearningRateSchedule schedule)
        implements FirstOrderSettings {

    public static final String TYPE = "momentum";
    public static final MomentumSettings DEFAULT = new MomentumSettings(0.01, 0.9, LearningRateSchedule.CONSTANT);
}
