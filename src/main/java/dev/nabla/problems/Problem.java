package dev.nabla.problems;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the document
 * @param detail what is allowed and what was found
 * @param position the 0-based character at which an equation is wrong; null for everything else
 */
public record Problem(String pointer, String detail, @Nullable Integer position) {

    public static Problem of(String pointer, String detail) {
        return new Problem(pointer, detail, null);
    }

    public static Optional<Problem> unlessBetween(String pointer, long value, long min, long max) {
        return value >= min && value <= max ? Optional.empty()
                : Optional.of(of(pointer, "must be between " + min + " and " + max + ", was " + value));
    }

    /** The same, seen from a document in which this one stands at {@code prefix}. */
    public Problem within(String prefix) {
        return new Problem(prefix + pointer, detail, position);
    }

    /** A reference token escaped for a JSON Pointer. */
    public static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
