package dev.nabla.expression;

/** {@link Work} that others leave too little memory for now; later there may be enough. */
public final class NoMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoMemoryException(String message) {
        super(message);
    }
}
