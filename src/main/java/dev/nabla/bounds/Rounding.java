package dev.nabla.bounds;

import dev.nabla.expression.Interval;

/**
 * Arithmetic whose results are not above, or not below, those of real numbers. What was rounded away is computed exactly
 * (Dekker 1971), as the processor's rounding modes are out of reach. An end that is infinite is no value: 0 times it is 0.
 */
final class Rounding {

    /** By so many units in the last place functions are wrong at most: those of {@link Math} by 2.5, Nabla's own by fewer than this. */
    private static final int ULPS_OF_FUNCTIONS = 8;

    /** Of functions whose factors lose digits below the least normal number. */
    private static final double LEAST_ERROR = 256 * Double.MIN_VALUE;

    /** Below it what a product loses may be too small for a number. */
    private static final double LEAST_EXACT_PRODUCT = 0x1p-960;

    private Rounding() {}

    static double addDown(double x, double y) {
        double sum = x + y;
        return lost(sum, x, y) >= 0 ? sum : Math.nextDown(orLowest(sum));
    }

    static double addUp(double x, double y) {
        return -addDown(-x, -y);
    }

    /** The exact sum less the rounded one; NaN where one is infinite. */
    private static double lost(double sum, double x, double y) {
        double part = sum - x;
        return (x - (sum - part)) + (y - part);
    }

    static double multiplyDown(double x, double y) {
        if (x == 0 || y == 0) {
            return 0;
        }
        double product = x * y;
        return Math.abs(product) > LEAST_EXACT_PRODUCT && Math.fma(x, y, -product) >= 0 ? product : Math.nextDown(orLowest(product));
    }

    static double multiplyUp(double x, double y) {
        return -multiplyDown(-x, y);
    }

    private static double orLowest(double number) {
        return Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number;
    }

    /**
     * With room for the errors of a function that was computed at the ends, but within what it has for any arguments.
     *
     * @param scale a number to whose digits the errors belong too, as where larger ones cancel
     */
    static Interval widened(Interval computed, Interval always, double scale) {
        return new Interval(
                Math.max(lower(computed.low(), scale), Math.rint(always.low()) == always.low() ? always.low() : lower(always.low(), 0)),
                Math.min(upper(computed.high(), scale),
                        Math.rint(always.high()) == always.high() ? always.high() : upper(always.high(), 0)));
    }

    private static double lower(double end, double scale) {
        return end - ULPS_OF_FUNCTIONS * Math.ulp(Math.max(Math.abs(end), scale)) - LEAST_ERROR;
    }

    private static double upper(double end, double scale) {
        return -lower(-end, scale);
    }
}
