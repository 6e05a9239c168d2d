package dev.nabla.optimizers;

/**
 * Finds a step along a direction that meets the strong Wolfe conditions (Nocedal and Wright, "Numerical optimization",
 * second edition, 2006, algorithms 3.5 and 3.6). A value that is no finite number counts as too high,
 * and so does one with a slope that is none.
 */
final class WolfeLineSearch {

    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double EXPANSION = 2;
    private static final int MOST_EVALUATIONS = 30;
    /** Interpolated steps keep this part of the interval from its ends. */
    private static final double MARGIN = 0.1;

    private final DifferentiableFunction function;
    private final double[] origin;
    private final double[] direction;
    private final Trial start;
    private final double[] point;
    private final double[] gradient;
    private int evaluations;

    /** The value and the slope at a step along the direction. */
    private record Trial(double step, double value, double slope) {}

    /**
     * @param value at the origin
     * @param slope along the direction at the origin, below 0
     */
    WolfeLineSearch(DifferentiableFunction function, double[] origin, double[] direction, double value, double slope) {
        this.function = function;
        this.origin = origin;
        this.direction = direction;
        this.start = new Trial(0, value, slope);
        this.point = new double[origin.length];
        this.gradient = new double[origin.length];
    }

    /**
     * Searches.
     *
     * @return the value at {@link #point}, or NaN if no step that it tried lowers the value
     */
    double search(double firstStep) {
        Trial previous = start;
        Trial trial = evaluate(firstStep);
        while (evaluations < MOST_EVALUATIONS) {
            if (isTooHigh(trial) || evaluations > 1 && trial.value >= previous.value) {
                return zoom(previous, trial);
            }
            if (isFlatEnough(trial)) {
                return trial.value;
            }
            if (trial.slope >= 0) {
                return zoom(trial, previous);
            }
            previous = trial;
            trial = evaluate(EXPANSION * trial.step);
        }
        return settleFor(isTooHigh(trial) ? previous : trial);
    }

    /** @param low the end of the interval with the lower value, from which the slope leads into it */
    private double zoom(Trial low, Trial high) {
        Trial lower = low;
        Trial higher = high;
        while (evaluations < MOST_EVALUATIONS && lower.step != higher.step) {
            Trial trial = evaluate(between(lower, higher));
            if (isTooHigh(trial) || trial.value >= lower.value) {
                higher = trial;
            } else {
                if (isFlatEnough(trial)) {
                    return trial.value;
                }
                if (trial.slope * (higher.step - lower.step) >= 0) {
                    higher = lower;
                }
                lower = trial;
            }
        }
        return settleFor(lower);
    }

    /** Takes a step that only lowers the value, if it is one. */
    private double settleFor(Trial trial) {
        return trial.step > 0 && trial.value < start.value ? evaluate(trial.step).value : Double.NaN;
    }

    private boolean isTooHigh(Trial trial) {
        return !(trial.value <= start.value + SUFFICIENT_DECREASE * trial.step * start.slope);
    }

    private boolean isFlatEnough(Trial trial) {
        return Math.abs(trial.slope) <= -CURVATURE * start.slope;
    }

    /** Where the cubic through both ends is lowest (Nocedal and Wright, equation 3.59), or the middle. */
    private static double between(Trial a, Trial b) {
        double middle = (a.step + b.step) / 2;
        double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
        double d2 = Math.signum(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope);
        double lowest = b.step - (b.step - a.step) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
        double margin = MARGIN * Math.abs(b.step - a.step);
        boolean isInside = lowest >= Math.min(a.step, b.step) + margin && lowest <= Math.max(a.step, b.step) - margin;
        return isInside ? lowest : middle;
    }

    private Trial evaluate(double step) {
        evaluations++;
        for (int i = 0; i < point.length; i++) {
            point[i] = origin[i] + step * direction[i];
        }
        double value = function.at(point, gradient);
        double slope = DifferentiableFunction.dot(gradient, direction);
        return new Trial(step, Double.isFinite(slope) ? value : Double.NaN, slope);
    }

    /** Where the search ended. */
    double[] point() {
        return point;
    }

    /** The gradient there. */
    double[] gradient() {
        return gradient;
    }
}
