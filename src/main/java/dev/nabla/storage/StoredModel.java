package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a training left, without the parameters.
 *
 * @param loss over the whole dataset, with the model's own parameters
 * @param coefficients by name
 */
public record StoredModel(UUID id, UUID networkId, UUID trainingId, double loss, Map<String, Object> coefficients,
        Labels labels, Instant createdAt) implements Stored {}
