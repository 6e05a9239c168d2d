package dev.nabla.training;

import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the updates of a training, epoch by epoch. */
interface Epochs {

    /**
     * Makes the updates of an epoch.
     *
     * @param epoch counted from 1
     * @return the mean of the losses before each update, or empty if the training was cancelled meanwhile
     * @throws DivergedException when a loss is no finite number
     */
    OptionalDouble run(int epoch);

    /** Why another epoch would change nothing. */
    default Optional<String> end() {
        return Optional.empty();
    }
}
