package dev.nabla.web.json;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks numbers of a request and which fields it has; errors are added to a list. */
public final class NumberReader {

    private final List<Problem> errors;

    public NumberReader(List<Problem> errors) {
        this.errors = errors;
    }

    public double positive(@Nullable Double given, double otherwise, String pointer) {
        double number = given == null ? otherwise : given;
        require(number > 0, pointer, "must be above 0, was " + number);
        return number;
    }

    public double notNegative(@Nullable Double given, double otherwise, String pointer) {
        double number = given == null ? otherwise : given;
        require(number >= 0, pointer, "must be at least 0, was " + number);
        return number;
    }

    public double below1(@Nullable Double given, double otherwise, String pointer) {
        double number = given == null ? otherwise : given;
        require(number >= 0 && number < 1, pointer, "must be at least 0 and below 1, was " + number);
        return number;
    }

    public double upTo1(@Nullable Double given, String pointer) {
        double number = given(given, 1.0, pointer);
        require(number > 0 && number <= 1, pointer, "must be above 0 and at most 1, was " + number);
        return number;
    }

    public int atLeast1(int given, String pointer) {
        require(given >= 1, pointer, "must be at least 1, was " + given);
        return Math.max(1, given);
    }

    /** What must not be left out. */
    public <T> T given(@Nullable T given, T ifMissing, String pointer) {
        require(given != null, pointer, "is missing");
        return given == null ? ifMissing : given;
    }

    /** Refuses what belongs to other types. */
    public void requireOnly(Set<String> known, Map<String, ? extends @Nullable Object> fields, String type, String pointer) {
        fields.forEach((name, value) -> require(value == null || known.contains(name), pointer + "/" + name,
                "does not belong to '" + type + "', which has " + names(known, fields)));
    }

    private static String names(Set<String> known, Map<String, ?> inOrder) {
        return known.isEmpty() ? "no fields"
                : inOrder.keySet().stream().filter(known::contains).collect(Collectors.joining(", "));
    }

    public void require(boolean holds, String pointer, String detail) {
        if (!holds) {
            errors.add(Problem.of(pointer, detail));
        }
    }
}
