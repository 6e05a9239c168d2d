package dev.nabla.training;

/** Says why there are no standard deviations of what a training has learned. */
public final class UndeterminedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UndeterminedException(String message) {
        super(message);
    }
}
