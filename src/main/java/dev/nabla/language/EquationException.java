package dev.nabla.language;

/** An equation that cannot be read; the message says what was expected. */
public final class EquationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final boolean isOfName;

    EquationException(int position, String message) {
        this(position, message, false);
    }

    private EquationException(int position, String message, boolean isOfName) {
        super(message);
        this.position = position;
        this.isOfName = isOfName;
    }

    /** A name that stands for nothing, or for several things. */
    static EquationException ofName(int position, String message) {
        return new EquationException(position, message, true);
    }

    /** Whether all that is wrong is that a name is not in scope. */
    public boolean isOfName() {
        return isOfName;
    }

    /** The 0-based character at which it is wrong. */
    public int position() {
        return position;
    }
}
