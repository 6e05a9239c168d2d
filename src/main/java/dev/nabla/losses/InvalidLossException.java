package dev.nabla.losses;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Terms of a loss that cannot be understood. */
public final class InvalidLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final List<Problem> problems;

    /** @param problems with pointers {@code /terms/0/…} that begin at the loss */
    InvalidLossException(List<Problem> problems) {
        super(problems.stream().map(problem -> "term " + problem.pointer().split("/", -1)[2] + " of the loss: " + problem.detail())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong with each, seen from a document in which the loss stands at {@code pointer}. */
    public List<Problem> problems(String pointer) {
        return problems.stream().map(problem -> problem.within(pointer)).toList();
    }
}
