package dev.nabla.optimizers;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019,
 * algorithm 2): θ ← θ − η (m̂ / (√v̂ + ε) + λ θ). As in other libraries the decay has η for a factor; the paper's λ is
 * this λ times the learning rate of the first epoch.
 *
 * @param learningRate η, above 0
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 * @param weightDecay λ, at least 0
 * @param decayAll whether every parameter has the term λ θ; otherwise only weight matrices have it
 */
public record AdamWSettings(double learningRate, double beta1, double beta2, double epsilon, double weightDecay,
        boolean decayAll, LearningRateSchedule schedule) implements FirstOrderSettings {

    public static final String TYPE = "adamw";
    public static final AdamWSettings DEFAULT =
            new AdamWSettings(0.001, 0.9, 0.999, 1e-8, 0.01, false, LearningRateSchedule.CONSTANT);
}
