package dev.nabla.optimizers;

/** The state of a training that cannot be taken up. */
public final class DamagedStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedStateException(String what) {
        super("the state of the training that goes on " + what);
    }
}
