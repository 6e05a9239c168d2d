package dev.nabla.training;

import dev.nabla.equation.EquationException;

/** A term of a loss that cannot be understood. */
public final class InvalidLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int term;
    private final int position;

    InvalidLossException(int term, EquationException cause) {
        super(cause.getMessage(), cause);
        this.term = term;
        this.position = cause.position();
    }

    /** The number of the term, from 0. */
    public int term() {
        return term;
    }

    /** Where in the equation it is wrong, from 0. */
    public int position() {
        return position;
    }
}
