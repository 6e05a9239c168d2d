package dev.nabla.storage;

import java.time.Instant;
import java.util.UUID;

/** What is stored under an id; lists have the newest first. */
public interface Stored {

    UUID id();

    Instant createdAt();

    /** Where it is in a list. */
    default Position position() {
        return new Position(createdAt(), id());
    }
}
