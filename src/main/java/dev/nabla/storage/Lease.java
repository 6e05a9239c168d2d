package dev.nabla.storage;

import java.util.UUID;

/**
 * The right of one service to run a training.
 *
 * @param token higher than that of every lease of the training before it
 * @param owner whose training it is, on whose behalf it runs
 * @param priority 0 to 9
 */
public record Lease(UUID training, long token, Owner owner, int priority) {

    /** Whether the training has been run before. */
    public boolean isAgain() {
        return token > 1;
    }
}
