package dev.nabla.network;

import java.util.Optional;

/**
 * One thing that is wrong with a definition.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the definition
 * @param detail what is allowed and what was found
 */
public record Violation(String pointer, String detail) {

    static Optional<Violation> unlessBetween(String pointer, long value, long min, long max) {
        return value >= min && value <= max ? Optional.empty()
                : Optional.of(new Violation(pointer, "must be between " + min + " and " + max + ", was " + value));
    }

    /** The same, seen from the document in which the definition stands at {@code prefix}. */
    public Violation within(String prefix) {
        return new Violation(prefix + pointer, detail);
    }

    /** A reference token escaped for a JSON Pointer. */
    public static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
