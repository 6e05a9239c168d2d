package dev.nabla.losses;

import dev.nabla.language.EquationException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Terms of a loss that cannot be understood. */
public final class InvalidLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, EquationException> terms;

    InvalidLossException(SortedMap<Integer, EquationException> terms) {
        super(terms.entrySet().stream().map(term -> "term " + term.getKey() + " of the loss: " + term.getValue().getMessage())
                .collect(Collectors.joining("; ")));
        this.terms = new TreeMap<>(terms);
    }

    /** What is wrong with each, seen from a document in which the loss stands at {@code pointer}. */
    public List<Problem> problems(String pointer) {
        return terms.entrySet().stream().map(term -> Problem.at(pointer + "/terms/" + term.getKey() + "/equation",
                term.getValue().getMessage(), term.getValue().position())).toList();
    }
}
