package dev.nabla.rendering.printing;

import java.math.BigDecimal;

/** The shortest decimal numbers that are read back exactly. */
public final class Numbers {

    private static final int MOST_LEADING_ZEROS = 5;
    private static final int MOST_DIGITS = 16;

    private Numbers() {}

    /** A positive number in plain or scientific notation, as {@code 0.5} or {@code 1.5e-7}. */
    public static String write(double number) {
        Scientific parts = scientific(number);
        return parts.isPlain() ? parts.plain() : parts.mantissa() + "e" + parts.exponent();
    }

    /** A number 0 or above as mantissa · 10^exponent with the shortest mantissa. */
    public static Scientific scientific(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.signum() == 0 ? 0 : shortest.precision() - shortest.scale() - 1;
        return new Scientific(shortest.toPlainString(), shortest.movePointLeft(exponent).stripTrailingZeros()
                .toPlainString(), exponent);
    }

    public record Scientific(String plain, String mantissa, int exponent) {

        public boolean isPlain() {
            return exponent > -MOST_LEADING_ZEROS && exponent < MOST_DIGITS;
        }
    }
}
