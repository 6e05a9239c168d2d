package dev.nabla.training;

/**
 * The hyperparameters of Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015).
 *
 * @param learningRate η, above 0
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {

    public static final AdamSettings DEFAULT = new AdamSettings(0.001, 0.9, 0.999, 1e-8);
}
