package dev.nabla.storage;

import java.time.Instant;
import java.util.UUID;

/** A place in a list that is sorted by age: behind the item that was created then and has this id. */
public record Position(Instant createdAt, UUID id) {

    /** Before the newest item. */
    static final Position START = new Position(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
}
