package dev.nabla.problems;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is understood but cannot be accepted, with everything that is wrong with it. */
public final class InvalidException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidException(List<Problem> problems) {
        super(problems.stream().map(p -> p.pointer() + " " + p.detail()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Whether nothing is wrong but that some ids name nothing. */
    public boolean namesNothing() {
        return !problems.isEmpty() && problems.stream().allMatch(Problem::namesNothing);
    }
}
