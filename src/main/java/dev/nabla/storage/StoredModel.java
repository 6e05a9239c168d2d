package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * What a training left or somebody brought, without the parameters.
 *
 * @param trainingId empty where it was brought
 * @param loss over the whole dataset, with the model's own parameters; empty where it was brought
 * @param coefficients by name
 */
public record StoredModel(UUID id, UUID networkId, Optional<UUID> trainingId, OptionalDouble loss, Map<String,
        Object> coefficients,
        Labels labels, Instant createdAt) implements Stored {}
