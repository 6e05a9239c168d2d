package dev.nabla.storage;

import java.util.Optional;
import java.util.UUID;

/**
 * Which trainings a list has.
 *
 * @param dataset the training's own, or one of a term of its loss
 */
public record TrainingFilter(Optional<TrainingState> state, Optional<UUID> network, Optional<UUID> dataset,
        LabelFilter labels) implements Filter {

    public static final TrainingFilter ALL = new TrainingFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            LabelFilter.ALL);
}
