package dev.nabla.plots;

import java.io.Serial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Numbers as they stand at axes, in no country's way: 0.25, −3 and 2·10⁻⁷; or powers of ten as 10⁻³. */
final class TickLabels extends NumberFormat {

    @Serial
    private static final long serialVersionUID = 1L;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int DIGITS = 8;
    private static final int LEAST_EXPONENT = -4;
    private static final int GREATEST_EXPONENT = 4;

    /** What is nearer to 0 is 0: the difference between two ticks, with the rounding of their sum. */
    private final double least;
    private final boolean arePowers;

    private TickLabels(double least, boolean arePowers) {
        this.least = least;
        this.arePowers = arePowers;
    }

    /** @param step from one tick to the next */
    static TickLabels every(double step) {
        return new TickLabels(step / 1e6, false);
    }

    /** Powers of ten, of ticks at their exponents. */
    static TickLabels powers() {
        return new TickLabels(0, true);
    }

    String label(double number) {
        if (arePowers) {
            return power((int) Math.round(number));
        }
        if (Math.abs(number) < least || number == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(Math.abs(number)).round(new MathContext(DIGITS)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = exponent >= LEAST_EXPONENT && exponent <= GREATEST_EXPONENT ? rounded.toPlainString()
                : scientific(rounded.scaleByPowerOfTen(-exponent).toPlainString(), exponent);
        return number < 0 ? "−" + digits : digits;
    }

    private static String scientific(String mantissa, int exponent) {
        return mantissa.equals("1") ? power(exponent) : mantissa + "·" + power(exponent);
    }

    private static String power(int exponent) {
        var text = new StringBuilder("10");
        String.valueOf(exponent).chars().forEach(c -> text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0')));
        return text.toString();
    }

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
        return to.append(label(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
        return format((double) number, to, position);
    }

    @Override
    public Number parse(String text, ParsePosition position) {
        throw new UnsupportedOperationException("labels are written only");
    }
}
