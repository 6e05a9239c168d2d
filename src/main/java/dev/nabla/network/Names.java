package dev.nabla.network;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;

/** The names of inputs, which a document may also give as their number n for x1 … xn. */
public record Names(@JsonValue List<String> names) {

    public Names {
        names = List.copyOf(names);
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
        return new Names(NetworkDefinition.numbered("x", count));
    }
}
