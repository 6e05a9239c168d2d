package dev.nabla.datasets.files;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.expression.Decimal;
import java.util.regex.Pattern;

/** What stands before the decimals of a number. The other one of the two is in no number: thousands are not separated. */
public enum DecimalMark {
    @JsonProperty(".") POINT('.'),
    @JsonProperty(",") COMMA(',');

    private static final int MOST_SHOWN = 40;
    private static final Pattern DIGITS = Pattern.compile("[+-]?[.,]*\\d[\\d.,]*");

    private final char character;
    private final Pattern number;

    DecimalMark(char character) {
        this.character = character;
        String mark = Pattern.quote(String.valueOf(character));
        this.number = Pattern.compile("[+-]?(\\d+" + mark + "?\\d*|" + mark + "\\d+)([eE][+-]?\\d+)?");
    }

    /** @throws ArithmeticException that says why, if it is no finite number */
    double read(String text) {
        if (!isNumber(text)) {
            throw new ArithmeticException("'" + shown(text) + "' is not a finite number");
        }
        return Decimal.read(text.replace(character, '.'));
    }

    boolean isNumber(String text) {
        return number.matcher(text).matches();
    }

    /** Whether it is made of digits, points and commas, as numbers are in one country or another. */
    static boolean isOfDigits(String text) {
        return DIGITS.matcher(text).matches();
    }

    /** The beginning of a text that may be very long. */
    static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }
}
