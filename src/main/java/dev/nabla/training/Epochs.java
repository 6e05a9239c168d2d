package dev.nabla.training;

import java.util.Optional;

/** Makes the updates of a training, epoch by epoch. */
interface Epochs {

    /**
     * Makes the updates of an epoch.
     *
     * @param epoch counted from 1
     * @return empty if the training was cancelled meanwhile
     * @throws DivergedException when a loss is no finite number
     */
    Optional<EpochLosses> run(int epoch);

    /** Why another epoch would change nothing. */
    default Optional<String> end() {
        return Optional.empty();
    }
}
