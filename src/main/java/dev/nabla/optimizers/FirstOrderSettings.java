package dev.nabla.optimizers;

/** An optimizer that makes an update after every batch, from the gradient of the batch alone. */
public sealed interface FirstOrderSettings extends OptimizerSettings
        permits GradientDescentSettings, MomentumSettings, AdamSettings, AdamWSettings {

    /** What is said of Adam's epsilon. */
    String OF_EPSILON = "Added to the root of the corrected second moment. Where outputs are normalized and the loss is mse, mae or huber, "
            + "it is of the unit that the loss has on normalized outputs, so that steps do not depend on the unit of targets.";

    /** η of the first epoch. */
    double learningRate();

    /** η of all others. */
    LearningRateSchedule schedule();

    /** The same with another schedule. */
    FirstOrderSettings with(LearningRateSchedule other);

    /** What makes the same steps on a loss that is so many times as large, where it depends on the unit of the loss and can. */
    default FirstOrderSettings inUnit(double unit) {
        return this;
    }

    /** Of Adam's epsilon; not below what has a square, as the second moment beside it is one of squares. */
    static double epsilonInUnit(double epsilon, double unit) {
        return Math.max(epsilon * unit, Math.sqrt(Double.MIN_NORMAL));
    }

    @Override
    default String ifItDiverges() {
        return "a lower learning rate than " + learningRate() + ", or gradient clipping";
    }

    /** Whether all parameters decay, if any do, and not only matrices of weights. */
    default boolean decayAll() {
        return false;
    }
}
