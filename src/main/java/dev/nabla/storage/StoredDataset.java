package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A dataset without its rows. */
public record StoredDataset(UUID id, List<String> inputNames, List<String> targetNames, int samples,
        Labels labels, Instant createdAt) {}
