package dev.nabla.documents;

import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what something is found again: a name, which others may have too, and tags, in alphabetical order. */
public record Labels(Optional<String> name, List<String> tags) {

    public static final Labels NONE = new Labels(Optional.empty(), List.of());
    public static final int MAX_NAME = 200;
    private static final int MAX_TAG = 64;
    private static final int MAX_TAGS = 32;

    public Labels {
        tags = tags.stream().sorted().toList();
    }

    /** The labels of a request; what is wrong is added to the errors with pointers that begin with {@code prefix}. */
    public static Labels of(@Nullable String name, @Nullable List<String> tags, String prefix, List<Problem> errors) {
        if (name != null && (name.length() > MAX_NAME || hasControls(name))) {
            errors.add(Problem.of(prefix + "/name", "must be at most " + MAX_NAME + " characters without control characters"));
        }
        List<String> given = tags == null ? List.of() : tags;
        if (given.size() > MAX_TAGS) {
            errors.add(Problem.of(prefix + "/tags", "must have at most " + MAX_TAGS + " items, had " + given.size()));
        }
        var seen = new ArrayList<String>();
        for (int i = 0; i < Math.min(given.size(), MAX_TAGS); i++) {
            String tag = given.get(i);
            String pointer = prefix + "/tags/" + i;
            if (tag.isEmpty() || tag.length() > MAX_TAG || tag.contains(",") || hasControls(tag)) {
                errors.add(Problem.of(pointer, "must be between 1 and " + MAX_TAG
                        + " characters without commas and control characters"));
            }
            if (seen.contains(tag)) {
                errors.add(Problem.of(pointer, "must not be '" + tag + "', as another tag is"));
            }
            seen.add(tag);
        }
        return valid(name, given);
    }

    /** Labels with which nothing is wrong. */
    public static Labels valid(@Nullable String name, @Nullable List<String> tags) {
        return new Labels(Optional.ofNullable(name), tags == null ? List.of() : tags);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
