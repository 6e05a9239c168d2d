package dev.nabla.training;

import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import java.util.Optional;

/** Makes the updates of a training, epoch by epoch. */
interface Epochs {

    /**
     * Makes the updates of an epoch.
     *
     * @param epoch counted from 1
     * @return empty if the training was cancelled meanwhile
     * @throws DivergedException when a loss, its gradient or a moment of that is no finite number
     */
    Optional<EpochLosses> run(int epoch);

    /** Adds what the next epoch, or the rest of one that has begun, depends on beside the parameters. */
    void save(StateWriter state);

    /** Takes up what {@link #save} added, the parameters being those from then. */
    void restore(StateReader state);

    /** Gives back at once what memory outside of the heap would else wait for; no epoch can be run any more. */
    default void free() {}

    /** Why another epoch would change nothing. */
    default Optional<String> end() {
        return Optional.empty();
    }
}
