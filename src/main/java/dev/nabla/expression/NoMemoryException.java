package dev.nabla.expression;

import dev.nabla.expression.MemoryBudget.Place;

/** {@link Work} that others leave too little memory for now; later there may be enough. */
public final class NoMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Place place;
    private final long needed;

    NoMemoryException(String message, Place place, long needed) {
        super(message);
        this.place = place;
        this.needed = needed;
    }

    public Place place() {
        return place;
    }

    /** The bytes that must be free for the work, if it begins anew, to come as far again and one step further. */
    public long needed() {
        return needed;
    }
}
