package dev.nabla.storage;

import dev.nabla.datasets.files.Origin;
import dev.nabla.documents.Labels;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A dataset without its rows. */
public record StoredDataset(UUID id, List<String> inputNames, List<String> targetNames, int samples,
        Origin origin, Labels labels, Instant createdAt) implements Stored {}
