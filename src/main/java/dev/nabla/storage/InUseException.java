package dev.nabla.storage;

/** Something that cannot be deleted, as something else refers to it or is at work on it. */
public final class InUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InUseException(String message) {
        super(message);
    }
}
