package dev.nabla.optimizers;

/**
 * Between what entries of a flat vector of parameters stay.
 *
 * @param from the first of them
 * @param to the one behind the last
 * @param min −∞ where there is no such bound
 * @param max ∞ where there is no such bound
 */
public record Bound(int from, int to, double min, double max) {

    /** The nearest number within. */
    double nearest(double value) {
        return Math.min(Math.max(value, min), max);
    }
}
