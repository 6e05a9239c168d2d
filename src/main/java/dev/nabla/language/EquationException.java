package dev.nabla.language;

/** An equation that cannot be read; the message says what was expected. */
public final class EquationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    EquationException(int position, String message) {
        super(message);
        this.position = position;
    }

    /** The 0-based character at which it is wrong. */
    public int position() {
        return position;
    }
}
