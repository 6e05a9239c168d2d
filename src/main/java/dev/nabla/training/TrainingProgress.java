package dev.nabla.training;

import dev.nabla.optimizers.StateWriter;

/** What follows a training while it runs, and says how it goes on; it is called from the thread that trains. */
public interface TrainingProgress {

    /** Nobody follows. */
    TrainingProgress IGNORED = (_, _) -> { };

    /** The first step is next, of so many in an epoch. */
    default void begins(int stepsPerEpoch) {}

    /**
     * An epoch is over.
     *
     * @param epoch its number, counted from 1
     */
    void epochFinished(int epoch, EpochLosses losses);

    /** Asked before every step: true ends the training after the steps made so far. */
    default boolean isCancelled() {
        return false;
    }

    /** Asked after every step from which a training can be taken up again. */
    default boolean wantsState() {
        return false;
    }

    /**
     * Gets the state that was wanted. What this throws ends the training, and {@link Trainer#goOn} takes it up.
     *
     * @param state of the epochs that are over and the steps of the next
     */
    default void stateReached(StateWriter state) {}
}
