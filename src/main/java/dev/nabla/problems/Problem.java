package dev.nabla.problems;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the document
 * @param detail what is allowed and what was found
 * @param position the 0-based character at which an equation is wrong; null for everything else
 * @param namesNothing whether all that is wrong is that there is nothing with the id here; not part of answers
 * @param isOfName whether the name of the field here is wrong, whatever its value is; not part of answers
 */
public record Problem(
        @Schema(description = "A JSON Pointer into the body, or / and the name of a parameter of the query.",
                example = "/layers/0/units") String pointer,
        @Schema(description = "What is allowed and what was found.", example = "must be between 1 and 4096, was 0")
        String detail,
        @Schema(description = "For an equation, the 0-based character at which it is wrong.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position,
        @JsonIgnore boolean namesNothing,
        @JsonIgnore boolean isOfName) {

    private static final int MOST_CHARACTERS = 2000;
    private static final int FIRST = 600;
    private static final int LAST = 300;

    public Problem {
        detail = shortened(detail);
    }

    /** Texts quote what was sent, which may be very long, so of what is too long the middle is left out. */
    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, text.offsetByCodePoints(0, FIRST)) + "…"
                + text.substring(text.offsetByCodePoints(text.length(), -LAST));
    }

    public static Problem of(String pointer, String detail) {
        return new Problem(pointer, detail, null, false, false);
    }

    /** An equation that is wrong at a character. */
    public static Problem at(String pointer, String detail, int position) {
        return new Problem(pointer, detail, position, false, false);
    }

    /** An id with which there is nothing. */
    public static Problem namesNothing(String pointer, String detail) {
        return new Problem(pointer, detail, null, true, false);
    }

    /** A field that may not be called so, which its value does not change. */
    public static Problem ofName(String pointer, String detail) {
        return new Problem(pointer, detail, null, false, true);
    }

    public static Optional<Problem> unlessBetween(String pointer, long value, long min, long max) {
        return value >= min && value <= max ? Optional.empty()
                : Optional.of(of(pointer, "must be between " + min + " and " + max + ", was " + value));
    }

    /** The same, seen from a document in which this one stands at {@code prefix}. */
    public Problem within(String prefix) {
        return new Problem(prefix + pointer, detail, position, namesNothing, isOfName);
    }

    /** A reference token escaped for a JSON Pointer. */
    public static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
