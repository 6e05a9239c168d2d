package dev.nabla.storage;

import dev.nabla.network.NetworkDefinition;
import java.time.Instant;
import java.util.UUID;

/** A network definition that was posted. */
public record StoredNetwork(UUID id, NetworkDefinition definition, Instant createdAt) {}
