package dev.nabla.rendering.latex;

import dev.nabla.rendering.printing.Numbers;
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
    /** Of decimal numbers with three digits. */
    private static final int[] DECIMALS = {100, 1000, 10_000};
    private static final int LARGEST_DECIMAL = 999;

    /**
     * The simplest one that is this number, but for the last bits, which depend on the order in which it was computed. So few are
     * tried that another number is one of them by a chance of 10⁻¹¹, and that it takes no longer than to write a number.
     *
     * @param number positive
     */
    static Optional<MultipleOfPi> of(double number) {
        for (int power : POWERS) {
            double ratio = number / unit(power);
            for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
                double whole = Math.rint(ratio * denominator);
                if (whole >= 1 && whole <= LARGEST_WHOLE && isNear(whole * unit(power) / denominator, number)) {
                    return Optional.of(new MultipleOfPi(whole, denominator, power));
                }
            }
            for (int decimals : DECIMALS) {
                double whole = Math.rint(ratio * decimals);
                if (whole >= 1 && whole <= LARGEST_DECIMAL && isNear(whole / decimals * unit(power), number)) {
                    return Optional.of(new MultipleOfPi(whole / decimals, 1, power));
                }
            }
        }
        return Optional.empty();
    }

    private static double unit(int power) {
        return power == 1 ? Math.PI : power == 2 ? Math.PI * Math.PI : 1 / Math.PI;
    }

    private static boolean isNear(double multiple, double number) {
        return Math.abs(multiple - number) <= 2 * Math.ulp(number);
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
