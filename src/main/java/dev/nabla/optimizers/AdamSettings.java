package dev.nabla.optimizers;

/**
 * The hyperparameters of Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015).
 *
 * @param learningRate η, above 0
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon,
        LearningRateSchedule schedule) implements FirstOrderSettings {

    public static final String TYPE = "adam";
    public static final AdamSettings DEFAULT = new AdamSettings(0.001, 0.9, 0.999, 1e-8);

    /** With a constant learning rate. */
    public AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {
        this(learningRate, beta1, beta2, epsilon, LearningRateSchedule.CONSTANT);
    }
}
