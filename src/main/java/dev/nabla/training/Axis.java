package dev.nabla.training;

/** The points from, from + step, … up to the last that is not beyond {@code to}. */
public record Axis(double from, double to, double step) {

    /** A step that divides the range up to this fraction of a step ends exactly at {@code to}. */
    private static final double TOLERANCE = 1e-9;

    /** The number of points; meaningful for from ≤ to and a positive step. */
    double size() {
        double steps = (to - from) / step;
        return (endsAtTo() ? Math.rint(steps) : Math.floor(steps)) + 1;
    }

    double point(int i) {
        return endsAtTo() && i > 0 && i == (int) size() - 1 ? to : from + i * step;
    }

    private boolean endsAtTo() {
        double steps = (to - from) / step;
        return Math.abs(steps - Math.rint(steps)) <= TOLERANCE * Math.max(1, steps);
    }
}
