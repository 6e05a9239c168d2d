package dev.nabla.web;

import dev.nabla.problems.Problem;
import dev.nabla.web.problems.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Ids in requests. In a path, one that is no UUID is one that does not exist. */
public final class Ids {

    private Ids() {}

    /**
     * What has this id, which is in the path.
     *
     * @throws NotFoundException if nothing has
     */
    public static <T> T require(String kind, String id, Function<UUID, Optional<T>> find) {
        return parse(id).flatMap(find).orElseThrow(() -> new NotFoundException(kind, id));
    }

    /** What has this id, which is in the body at {@code pointer}; if nothing has, that is added to the errors. */
    public static <T> Optional<T> find(String kind, UUID id, String pointer, List<Problem> errors,
            Function<UUID, Optional<T>> find) {
        Optional<T> found = find.apply(id);
        if (found.isEmpty()) {
            errors.add(Problem.namesNothing(pointer, "there is no " + kind + " '" + id + "'"));
        }
        return found;
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
