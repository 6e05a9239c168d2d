package dev.nabla.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * What a training left, without the parameters.
 *
 * @param loss over the whole dataset, after the last update
 */
public record StoredModel(UUID id, UUID networkId, UUID trainingId, double loss, Instant createdAt) {}
