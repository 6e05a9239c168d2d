package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What a training left or somebody brought, without the parameters.
 *
 * @param trainingId empty where it was brought
 * @param loss over the whole dataset, with the model's own parameters; empty where it was brought
 * @param coefficients by name
 * @param deviations their standard deviations by name, of those that have one; in arrays NaN where there is
 *     none
 * @param version its number among the models of its name; a model without a name has none
 * @param aliases what else its version is called, in alphabetical order
 * @param networkName what its network is called
 * @param swept what its training is of a sweep, if it is of one
 */
public record StoredModel(UUID id, UUID networkId, Optional<UUID> trainingId, OptionalDouble loss,
        Map<String, Object> coefficients, Map<String, Object> deviations, Labels labels, OptionalInt version,
        List<String> aliases, Optional<String> networkName, Optional<Swept> swept, Instant createdAt)
        implements Stored {

    /**
     * Of which sweep a training is a trial, and which.
     *
     * @param name what the sweep is called
     * @param values by pointers into the training
     */
    public record Swept(UUID sweep, Optional<String> name, Map<String, Object> values) {}
}
