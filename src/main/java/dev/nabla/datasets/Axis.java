package dev.nabla.datasets;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.math.MathContext;

/** The points from, from + step, … up to the last that is not beyond {@code to}. */
public record Axis(@Schema(example = "-1") double from, @Schema(example = "1") double to,
        @Schema(example = "0.1") @Positive double step) {

    /** A step that divides the range up to this part of itself ends exactly at {@code to}. */
    private static final double TOLERANCE = 1e-9;

    /** The number of points; meaningful for from ≤ to and a positive step. */
    public double size() {
        double steps = steps();
        return (endsAtTo(steps) ? Math.rint(steps) : Math.floor(steps)) + 1;
    }

    /** All points, of which there must be few enough for an array. */
    public double[] points() {
        double[] points = new double[(int) size()];
        for (int i = 0; i < points.length; i++) {
            // From the least to the largest numbers, only the sum is finite.
            double distance = i * step;
            points[i] = Double.isInfinite(distance) ? Math.fma(i, step, from) : from + distance;
        }
        if (points.length > 1 && endsAtTo(steps())) {
            points[points.length - 1] = to;
        }
        return points;
    }

    /** Of the numbers as they are written in decimal, so that ten steps of 0.1 are exactly 1, wherever they begin. */
    private double steps() {
        return BigDecimal.valueOf(to).subtract(BigDecimal.valueOf(from))
                .divide(BigDecimal.valueOf(step), MathContext.DECIMAL128).doubleValue();
    }

    private static boolean endsAtTo(double steps) {
        return Math.abs(steps - Math.rint(steps)) <= TOLERANCE + Math.ulp(steps);
    }
}
