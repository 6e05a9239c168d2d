package dev.nabla.training;

import dev.nabla.equation.EquationException;
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

    /** What is wrong with each, by its number from 0. */
    public SortedMap<Integer, EquationException> terms() {
        return new TreeMap<>(terms);
    }
}
