package dev.nabla.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * A key that was given out, without its secret.
 *
 * @param owner on whose behalf its bearer works
 * @param admin whether its bearer may give out keys and see what the service measures
 */
public record StoredKey(UUID id, Owner owner, boolean admin, Instant createdAt) implements Stored {}
