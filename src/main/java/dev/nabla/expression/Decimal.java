package dev.nabla.expression;

/**
 * Numbers written in digits. One rule for JSON, CSV and equations: what no double is near to is refused, too large or so
 * small that only 0 would be left of it, and 0 has no sign.
 */
public final class Decimal {

    private static final int MOST_SHOWN = 40;

    private Decimal() {}

    /**
     * The nearest double; never −0.
     *
     * @param text digits with an optional sign, point and exponent, as all of JSON, CSV and equations write them
     * @throws ArithmeticException if it is infinite, or 0 although the text has another digit
     */
    public static double read(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new ArithmeticException(shown(text) + " is larger than any double");
        }
        if (value == 0 && text.chars().takeWhile(c -> c != 'e' && c != 'E').anyMatch(c -> c >= '1' && c <= '9')) {
            throw new ArithmeticException(shown(text) + " is smaller than any double but 0; write 0 if that is meant");
        }
        return withoutSignOfZero(value);
    }

    private static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    /** The same number, and 0 for −0. */
    public static double withoutSignOfZero(double value) {
        return value + 0.0;
    }
}
