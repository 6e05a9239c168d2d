package dev.nabla.datasets.files;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A new name for a column.
 *
 * @param column its header
 */
public record Renaming(String column, String name) {

    /** Of {@code header:name}; where there is no colon, that is added to the problems. */
    public static Optional<Renaming> of(String text, String pointer, List<Problem> problems) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            problems.add(Problem.of(pointer, "must be a header, a colon and the new name, was '"
                    + DecimalMark.shown(text) + "'"));
            return Optional.empty();
        }
        return Optional.of(new Renaming(text.substring(0, colon).strip(), text.substring(colon + 1).strip()));
    }
}
