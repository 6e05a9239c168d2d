package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.stream.IntStream;

/** The names of inputs, which a document may also give as their number n for x1 … xn. */
public record Names(@JsonValue List<String> names) {

    public Names {
        names = List.copyOf(names);
    }

    /** The names x1 … xn that a mere count stands for. */
    public static List<String> numbered(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
    }

    /** @throws InvalidException if there are too few or too many */
    @JsonForm
    static Names of(List<String> names) {
        if (names.isEmpty() || names.size() > Architecture.MAX_INPUTS) {
            throw new InvalidException(List.of(Problem.of("",
                    "must have between 1 and " + Architecture.MAX_INPUTS + " items, had " + names.size())));
        }
        return new Names(names);
    }

    /** @throws InvalidException if there are too few or too many */
    @JsonForm
    static Names of(int count) {
        Problem.unlessBetween("", count, 1, Architecture.MAX_INPUTS).ifPresent(problem -> {
            throw new InvalidException(List.of(problem));
        });
        return new Names(numbered("x", count));
    }
}
