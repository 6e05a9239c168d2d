package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Models that are asked together. */
public record StoredEnsemble(UUID id, Labels labels, List<UUID> models, Instant createdAt) implements Stored {}
