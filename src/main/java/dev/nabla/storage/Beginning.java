package dev.nabla.storage;

import dev.nabla.problems.Warning;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a training begins with.
 *
 * @param parameters the flat vector to start from, where it is not drawn
 * @param modelId where these come from
 * @param continued the training that has ended and goes on
 * @param warnings what was said of it when it was accepted
 */
public record Beginning(Optional<double[]> parameters, Optional<UUID> modelId, Optional<UUID> continued,
        List<Warning> warnings) {

    /** With drawn parameters. */
    public static final Beginning DRAWN = new Beginning(Optional.empty(), Optional.empty(), List.of());

    /** Of one that begins with its first epoch. */
    public Beginning(Optional<double[]> parameters, Optional<UUID> modelId, List<Warning> warnings) {
        this(parameters, modelId, Optional.empty(), warnings);
    }

    /** Behind the last epoch of one that has ended. */
    public static Beginning behind(StoredTraining training) {
        return new Beginning(Optional.empty(), Optional.empty(), Optional.of(training.id()), training.warnings());
    }

    public Beginning {
        warnings = List.copyOf(warnings);
    }
}
