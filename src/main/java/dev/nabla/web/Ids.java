package dev.nabla.web;

import dev.nabla.problems.Problem;
import dev.nabla.storage.ModelReference;
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

    /**
     * The model that is meant by what is in the path.
     *
     * @throws NotFoundException if there is none
     */
    public static <T> T require(ModelReference model, Function<ModelReference, Optional<T>> find) {
        return find.apply(model).orElseThrow(() -> new NotFoundException("model", model.text()));
    }

    /** The model that is meant by what is in the body at {@code pointer}; if there is none, that is added to the errors. */
    public static <T> Optional<T> find(ModelReference model, String pointer, List<Problem> errors,
            Function<ModelReference, Optional<T>> find) {
        Optional<T> found = find.apply(model);
        if (found.isEmpty()) {
            errors.add(Problem.namesNothing(pointer, "there is no model '" + model.text() + "'"));
        }
        return found;
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
