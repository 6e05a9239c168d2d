package dev.nabla.network;

/** Columns that cannot be matched with the names of a network; the message has both lists and says how to mend it. */
public final class UnmatchedNamesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnmatchedNamesException(String message) {
        super(message);
    }
}
