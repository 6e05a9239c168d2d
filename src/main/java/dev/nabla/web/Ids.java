package dev.nabla.web;

import dev.nabla.web.problems.NotFoundException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Ids in requests: one that is no UUID is one that does not exist. */
public final class Ids {

    private Ids() {}

    /**
     * What has this id.
     *
     * @throws NotFoundException if nothing has
     */
    public static <T> T require(String kind, String id, Function<UUID, Optional<T>> find) {
        return parse(id).flatMap(find).orElseThrow(() -> new NotFoundException(kind, id));
    }

    /** The id; empty for what is none in the spelling of RFC 9562. */
    public static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id)).filter(uuid -> uuid.toString().equalsIgnoreCase(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
