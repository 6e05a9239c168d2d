package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.UUID;

/**
 * What a training left, without the parameters.
 *
 * @param loss over the whole dataset, with the model's own parameters
 */
public record StoredModel(UUID id, UUID networkId, UUID trainingId, double loss, Labels labels,
        Instant createdAt) {}
