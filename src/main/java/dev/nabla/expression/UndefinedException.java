package dev.nabla.expression;

/** Says which operation on numbers has no finite value. */
public final class UndefinedException extends ArithmeticException {

    UndefinedException(String message) {
        super(message);
    }
}
