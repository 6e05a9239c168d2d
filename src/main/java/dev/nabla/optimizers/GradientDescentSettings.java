package dev.nabla.optimizers;

/**
 * Gradient descent: θ ← θ − η g.
 *
 * @param learningRate η, above 0
 */
public record GradientDescentSettings(double learningRate, LearningRateSchedule schedule)
        implements FirstOrderSettings {

    public static final String TYPE = "gradient-descent";
    public static final GradientDescentSettings DEFAULT =
            new GradientDescentSettings(0.01, LearningRateSchedule.CONSTANT);
}
