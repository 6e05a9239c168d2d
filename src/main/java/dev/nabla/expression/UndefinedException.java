package dev.nabla.expression;

/** Says which operation on numbers has no finite value. */
public final class UndefinedException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    UndefinedException(String message) {
        super(message);
    }
}
