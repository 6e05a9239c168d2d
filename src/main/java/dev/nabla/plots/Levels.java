package dev.nabla.plots;

import java.awt.Color;
import java.awt.Paint;
import java.io.Serial;
import java.io.Serializable;
import org.jfree.chart.renderer.PaintScale;

/**
 * Round levels around all values, evenly apart, and the colours between them.
 *
 * @param lowest the first, as a multiple of the step
 * @param bands how many there are between the levels
 */
record Levels(long lowest, double step, int bands) implements PaintScale, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;
    private static final double ROUNDING = 1e-9;
    /** Of what is smaller there are too few numbers to tell them apart. */
    private static final double LEAST = 1e-290;

    /** @param about how many bands there are, or fewer */
    static Levels of(double least, double greatest, int about) {
        double size = greatest - least;
        double far = Math.max(Math.abs(least), Math.abs(greatest));
        if (size < LEAST || size < far * ROUNDING) {
            return ofOne(least);
        }
        double step = RoundTicks.atLeast(size / about);
        long lowest = (long) Math.floor(least / step + ROUNDING);
        long highest = Math.max(lowest + 1, (long) Math.ceil(greatest / step - ROUNDING));
        return new Levels(lowest, step, Math.toIntExact(highest - lowest));
    }

    /** Around a value that is the only one. */
    private static Levels ofOne(double value) {
        double step = Math.abs(value) < LEAST ? 1 : RoundTicks.atLeast(Math.abs(value) / 2);
        return new Levels(Math.round(value / step) - 1, step, 2);
    }

    /** The lower end of a band; of the number of bands, the upper end of the last. */
    double level(int band) {
        return (lowest + band) * step;
    }

    Color colour(int band) {
        return Viridis.at((band + 0.5) / bands);
    }

    @Override
    public double getLowerBound() {
        return level(0);
    }

    @Override
    public double getUpperBound() {
        return level(bands);
    }

    @Override
    public Paint getPaint(double value) {
        return colour(Math.clamp((long) Math.floor(value / step + ROUNDING) - lowest, 0, bands - 1));
    }
}
