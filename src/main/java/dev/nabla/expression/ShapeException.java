package dev.nabla.expression;

/** Arrays whose shapes do not fit the operation; the message names both shapes. */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
