package dev.nabla.language;

/** An equation that cannot be read; the message says what was expected. */
public final class EquationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final Fault fault;

    /** What an equation does not fit. */
    private enum Fault { SYNTAX, SCOPE, MEANING }

    EquationException(int position, String message) {
        this(position, message, Fault.MEANING);
    }

    private EquationException(int position, String message, Fault fault) {
        super(message);
        this.position = position;
        this.fault = fault;
    }

    /** A text that is no equation, whatever its names stand for. */
    static EquationException ofSyntax(int position, String message) {
        return new EquationException(position, message, Fault.SYNTAX);
    }

    /** A name that stands for nothing, or for several things. */
    static EquationException ofName(int position, String message) {
        return new EquationException(position, message, Fault.SCOPE);
    }

    /** Whether all that is wrong is that a name is not in scope. */
    public boolean isOfName() {
        return fault == Fault.SCOPE;
    }

    /** Whether it is wrong whatever its names stand for. */
    public boolean isOfSyntax() {
        return fault == Fault.SYNTAX;
    }

    /** The 0-based character at which it is wrong. */
    public int position() {
        return position;
    }
}
