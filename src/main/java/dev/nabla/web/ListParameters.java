package dev.nabla.web;

import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.LabelFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the parameters of a list ask for; everything that is wrong with them is told at once. */
public final class ListParameters {

    public static final String NAME = "Only those of exactly this name.";
    public static final String TAG = "Only those with this tag.";

    private final List<Problem> errors = new ArrayList<>();

    /** An id; one that none can have is an error. */
    public Optional<UUID> id(String parameter, @Nullable String given) {
        return Optional.ofNullable(given).flatMap(text -> {
            Optional<UUID> id = Ids.parse(text);
            if (id.isEmpty()) {
                wrong(parameter, "must be an id, such as 123e4567-e89b-12d3-a456-426614174000");
            }
            return id;
        });
    }

    /** A name and a tag. */
    public LabelFilter labels(@Nullable String name, @Nullable String tag) {
        return new LabelFilter(text("name", name), text("tag", tag));
    }

    private Optional<String> text(String parameter, @Nullable String given) {
        if (given != null && given.chars().anyMatch(Character::isISOControl)) {
            wrong(parameter, "must have no control characters");
        }
        return Optional.ofNullable(given);
    }

    /** Notes that a parameter is wrong. */
    public void wrong(String parameter, String detail) {
        errors.add(Problem.of("/" + parameter, detail));
    }

    /** @throws InvalidException with everything that is wrong, if anything is */
    public void requireRight() {
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
    }
}
