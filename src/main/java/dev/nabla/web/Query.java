package dev.nabla.web;

import dev.nabla.documents.Words;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the parameters of a query ask for; everything that is wrong with them is told at once. A handler that has
 * parameters has this among its arguments, with what is known to be wrong before it is called.
 */
public final class Query {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private final List<Problem> errors;

    /** @param errors parameters that there are not, and those that are given more than once */
    public Query(List<Problem> errors) {
        this.errors = new ArrayList<>(errors);
    }

    /** The text of a parameter with which nothing is wrong so far. */
    Optional<String> given(String parameter, @Nullable String text) {
        return Optional.ofNullable(text).filter(_ -> areRight(parameter));
    }

    /** Whether nothing is wrong so far with these parameters. */
    public boolean areRight(String... parameters) {
        return Arrays.stream(parameters).noneMatch(parameter ->
                errors.stream().anyMatch(error -> error.pointer().equals("/" + parameter)));
    }

    /** A text that must be there; empty, with an error, if it is not. */
    public Optional<String> required(String parameter, @Nullable String text) {
        if (text == null) {
            wrong(parameter, "is missing");
        }
        return given(parameter, text);
    }

    /** An integer; what is left out is {@code otherwise}. */
    public int integer(String parameter, @Nullable String text, int otherwise, int min, int max) {
        Optional<String> given = given(parameter, text);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            if (INTEGER.matcher(given.get()).matches()) {
                int number = Integer.parseInt(given.get());
                Problem.unlessBetween("/" + parameter, number, min, max).ifPresent(errors::add);
                return number;
            }
        } catch (NumberFormatException e) {
            // It has too many digits.
        }
        wrong(parameter, "must be a whole number from " + min + " to " + max);
        return otherwise;
    }

    /** Whether it is true; what is left out is not. */
    public boolean flag(String parameter, @Nullable String text) {
        Optional<String> given = given(parameter, text);
        if (given.filter(word -> !word.equals("true") && !word.equals("false")).isPresent()) {
            wrong(parameter, "must be true or false");
        }
        return given.filter("true"::equals).isPresent();
    }

    /** One of the words of an enum. */
    public <E extends Enum<E>> Optional<E> word(String parameter, @Nullable String text, Class<E> type) {
        return given(parameter, text).map(word ->
                Words.of(type).choose(word, type.getEnumConstants()[0], "/" + parameter, errors));
    }

    /** An id; one that none can have is an error. */
    public Optional<UUID> id(String parameter, @Nullable String text) {
        return given(parameter, text).flatMap(given -> {
            Optional<UUID> id = Ids.parse(given);
            if (id.isEmpty()) {
                wrong(parameter, "must be an id, which is a UUID");
            }
            return id;
        });
    }

    /** A text of one line. */
    Optional<String> text(String parameter, @Nullable String text) {
        Optional<String> given = given(parameter, text);
        if (given.isPresent() && given.get().chars().anyMatch(Character::isISOControl)) {
            wrong(parameter, "must have no control characters");
        }
        return given;
    }

    /** Notes that a parameter is wrong. */
    public void wrong(String parameter, String detail) {
        errors.add(Problem.of("/" + parameter, detail));
    }

    /** What is wrong so far, to which may be added what else is. */
    public List<Problem> errors() {
        return errors;
    }

    /** Whether nothing is wrong so far. */
    public boolean isRight() {
        return errors.isEmpty();
    }

    /** @throws InvalidException with everything that is wrong, if anything is */
    public void requireRight() {
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
    }
}
