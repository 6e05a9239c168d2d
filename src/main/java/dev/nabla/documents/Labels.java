package dev.nabla.documents;

import dev.nabla.problems.Problem;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what something is found again: a name, which others may have too, and tags, in alphabetical order. */
public record Labels(Optional<String> name, List<String> tags) {

    public static final Labels NONE = new Labels(Optional.empty(), List.of());
    private static final int MOST_TAGS = 32;
    private static final String CONTROLS = "\\x00-\\x1f\\x7f-\\x9f";

    /** On a field or parameter: it is a name. */
    @Size(max = 200)
    @Pattern(regexp = "^[^" + CONTROLS + "]*$", message = "must have no control characters")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
    public @interface Name {}

    /** On a type of items: they are tags. */
    @Size(min = 1, max = 64)
    @Pattern(regexp = "^[^," + CONTROLS + "]*$", message = "must have no commas and no control characters")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE_USE)
    public @interface Tag {}

    /** On a field or parameter: it is a list of tags. */
    @Size(max = MOST_TAGS)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
    public @interface Tags {}

    /** Labels as they are given, in a body or in a query. */
    public record Given(@Name @Nullable String name, @Tags @Nullable List<@Tag String> tags) {}

    public Labels {
        tags = tags.stream().sorted().toList();
    }

    /** The labels of a request; what is wrong is added to the errors with pointers that begin with {@code prefix}. */
    public static Labels of(@Nullable String name, @Nullable List<String> tags, String prefix, List<Problem> errors) {
        errors.addAll(Bounds.problems(new Given(name, tags), prefix));
        List<String> given = tags == null ? List.of() : tags;
        for (int i = 0; i < Math.min(given.size(), MOST_TAGS); i++) {
            if (given.indexOf(given.get(i)) < i) {
                errors.add(Problem.of(prefix + "/tags/" + i, "must not be '" + given.get(i) + "', as another tag is"));
            }
        }
        return valid(name, given);
    }

    /** Labels with which nothing is wrong. */
    public static Labels valid(@Nullable String name, @Nullable List<String> tags) {
        return new Labels(Optional.ofNullable(name), tags == null ? List.of() : tags);
    }
}
