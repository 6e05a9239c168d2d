package dev.nabla.datasets.points;

/** A region in which hardly a point lies, or none. */
public final class EmptyRegionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmptyRegionException(int found, int wanted, long tried) {
        super(found == 0 ? "no point of " + tried + " lies in it"
                : "only " + found + " of " + tried + " points lie in it, and " + wanted + " are wanted");
    }
}
