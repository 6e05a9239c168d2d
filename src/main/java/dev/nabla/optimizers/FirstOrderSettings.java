package dev.nabla.optimizers;

/** An optimizer that makes an update after every batch, from the gradient of the batch alone. */
public sealed interface FirstOrderSettings extends OptimizerSettings
        permits GradientDescentSettings, MomentumSettings, AdamSettings, AdamWSettings {

    /** η of the first epoch. */
    double learningRate();

    /** η of all others. */
    LearningRateSchedule schedule();

    /** The same with another schedule. */
    FirstOrderSettings with(LearningRateSchedule other);

    @Override
    default String ifItDiverges() {
        return "a lower learning rate than " + learningRate() + ", or gradient clipping";
    }

    /** Whether all parameters decay, if any do, and not only matrices of weights. */
    default boolean decayAll() {
        return false;
    }
}
