package dev.nabla.storage;

/** Something that was there when a request began and is not any more. */
public final class DeletedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeletedException(String what) {
        super("the " + what + " has been deleted meanwhile");
    }
}
