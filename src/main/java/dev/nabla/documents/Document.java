package dev.nabla.documents;

import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a JSON text: the value as far as its parts fit, and what is wrong with the others. What is wrong is left
 * out of the value, but for numbers and texts beyond their bounds; in the place of a string or a number that must be there
 * stands one that means nothing, so that the others keep their places.
 */
public final class Document<T> {

    private final @Nullable T value;
    private final List<Problem> problems;
    private final List<Problem> beside;

    /** @param value null where so much is wrong that there is none */
    Document(@Nullable T value, List<Problem> problems) {
        this(value, problems, List.of());
    }

    private Document(@Nullable T value, List<Problem> problems, List<Problem> beside) {
        this.value = value;
        this.problems = List.copyOf(problems);
        this.beside = List.copyOf(beside);
    }

    /** A value that was not read here, of which these parts are wrong. */
    public static <T> Document<T> of(T value, List<Problem> problems) {
        return new Document<>(value, problems);
    }

    /** The same where more is wrong, which has nothing to do with any part of it. */
    public Document<T> beside(List<Problem> others) {
        return new Document<>(value, problems, Stream.concat(beside.stream(), others.stream()).toList());
    }

    /** The value as far as its parts fit; empty where so much is wrong that there is none. */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return problems.isEmpty() && beside.isEmpty();
    }

    /** Whether nothing is wrong at the pointer, above it and below it. */
    public boolean isSound(String pointer) {
        return problems.stream().noneMatch(problem -> touches(problem, pointer));
    }

    /**
     * What is made of the value where nothing is wrong.
     *
     * @param maker makes it of as much of the value as there is, and adds to the list what is wrong with that; it must not
     *     change anything, as what it makes may not be wanted
     * @throws InvalidException with all that did not fit and all that the maker found
     */
    public <R> R checked(BiFunction<? super T, List<Problem>, ? extends R> maker) {
        if (value == null) {
            throw new InvalidException(Stream.concat(beside.stream(), problems.stream()).toList());
        }
        var found = new ArrayList<Problem>();
        try {
            R made = maker.apply(value, found);
            if (isSound() && found.isEmpty()) {
                return made;
            }
        } catch (InvalidException e) {
            found.addAll(e.problems());
        } catch (RuntimeException e) {
            if (isSound()) {
                throw e;
            }
        }
        throw new InvalidException(Stream.concat(Stream.concat(beside.stream(), problems.stream()),
                found.stream().filter(problem -> problem.isOfName() || isSound(problem.pointer()))).distinct().toList());
    }

    /**
     * The value.
     *
     * @throws InvalidException with all that did not fit
     */
    public T valid() {
        return checked((read, _) -> read);
    }

    /** Whether a problem is at the pointer, above it or below it; the whole and its parts say nothing of each other. */
    static boolean touches(Problem problem, String pointer) {
        String other = problem.pointer();
        return !other.isEmpty() && !pointer.isEmpty()
                && (other.equals(pointer) || other.startsWith(pointer + "/") || pointer.startsWith(other + "/"));
    }
}
