package dev.nabla.rendering.latex;

import dev.nabla.rendering.printing.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * A number that was computed of π, as numbers of an equation are before they are printed.
 *
 * @param factor a fraction, of whole numbers or of a short decimal number and 1
 */
record MultipleOfPi(double factor, int denominator, int power) {

    private static final int[] POWERS = {1, 2, -1};
    private static final int LARGEST_WHOLE = 100;
    private static final int LARGEST_DENOMINATOR = 12;
    private static final MathContext SHORT = new MathContext(3);

    /**
     * The simplest one that is this number, but for the last bits, which depend on the order in which it was computed. So few are
     * tried that another number is one of them by a chance of 10⁻¹¹.
     *
     * @param number positive
     */
    static Optional<MultipleOfPi> of(double number) {
        for (int power : POWERS) {
            double ratio = number / Math.pow(Math.PI, power);
            for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
                var fraction = new MultipleOfPi(Math.rint(ratio * denominator), denominator, power);
                if (fraction.factor >= 1 && fraction.factor <= LARGEST_WHOLE && fraction.is(number)) {
                    return Optional.of(fraction);
                }
            }
            if (Double.isFinite(ratio)) {
                var decimal = new MultipleOfPi(new BigDecimal(ratio).round(SHORT).doubleValue(), 1, power);
                if (decimal.factor > 0 && Numbers.scientific(decimal.factor).isPlain() && decimal.is(number)) {
                    return Optional.of(decimal);
                }
            }
        }
        return Optional.empty();
    }

    private boolean is(double number) {
        return Math.abs(factor * Math.pow(Math.PI, power) / denominator - number) <= 2 * Math.ulp(number);
    }

    /** Whether it is π itself. */
    boolean isPi() {
        return factor == 1 && denominator == 1 && power == 1;
    }

    String latex() {
        String pi = power == 2 ? "\\pi^{2}" : "\\pi";
        String above = power < 0 ? Numbers.write(factor) : factor == 1 ? pi : Numbers.write(factor) + " " + pi;
        String below = power > 0 ? String.valueOf(denominator) : denominator == 1 ? pi : denominator + " " + pi;
        return below.equals("1") ? above : "\\frac{" + above + "}{" + below + "}";
    }
}
