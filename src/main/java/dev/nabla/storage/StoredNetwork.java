package dev.nabla.storage;

import dev.nabla.network.NetworkDefinition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A network definition that was posted; its name is that of the definition. */
public record StoredNetwork(UUID id, NetworkDefinition definition, List<String> tags, Instant createdAt)
        implements Stored {}
