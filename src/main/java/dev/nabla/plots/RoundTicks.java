package dev.nabla.plots;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.TickUnitSource;

/** Ticks at multiples of 1, 2 or 5 times a power of ten. */
final class RoundTicks implements TickUnitSource, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double ROUNDING = 1e-9;

    @Override
    public TickUnit getLargerTickUnit(TickUnit unit) {
        return unit(unit.getSize() * (1 + 2 * ROUNDING));
    }

    @Override
    public TickUnit getCeilingTickUnit(TickUnit unit) {
        return unit(unit.getSize());
    }

    @Override
    public TickUnit getCeilingTickUnit(double size) {
        return unit(size);
    }

    private static NumberTickUnit unit(double size) {
        double step = atLeast(size);
        return new NumberTickUnit(step, TickLabels.every(step));
    }

    /** The least round step that is not less. */
    static double atLeast(double size) {
        double power = Math.pow(10, Math.floor(Math.log10(size)));
        return Arrays.stream(ROUND).map(round -> round * power).filter(step -> step >= size * (1 - ROUNDING)).findFirst()
                .orElse(ROUND[ROUND.length - 1] * power);
    }
}
