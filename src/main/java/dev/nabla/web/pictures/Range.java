package dev.nabla.web.pictures;

import dev.nabla.expression.Decimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where an input goes.
 *
 * @param points two or more, evenly apart, both ends included
 */
record Range(String name, double from, double to, int points) {

    private static final Pattern FORM = Pattern.compile("([^:]+):([^:]+):([^:]+)(?::([0-9]{1,9}))?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    /** What is farther, or narrower beside its ends or at all, has no ticks that can be told apart. */
    private static final double FARTHEST = 1e100;
    private static final double CLOSEST = 1e-100;
    private static final double NARROWEST = 1e-9;

    /** Empty, and what is wrong told, of a text that is none. */
    static Optional<Range> read(String text, int usual, int most, Consumer<String> wrong) {
        var form = FORM.matcher(text);
        OptionalDouble from = form.matches() ? number(form.group(2)) : OptionalDouble.empty();
        OptionalDouble to = form.matches() ? number(form.group(3)) : OptionalDouble.empty();
        if (from.isEmpty() || to.isEmpty()) {
            wrong.accept("must be name:from:to or name:from:to:points, with numbers");
            return Optional.empty();
        }
        int points = form.group(4) == null ? usual : Integer.parseInt(form.group(4));
        var range = new Range(form.group(1), from.getAsDouble(), to.getAsDouble(), points);
        double far = Math.max(Math.abs(range.from), Math.abs(range.to));
        if (far > FARTHEST || !(range.to - range.from > Math.max(far * NARROWEST, CLOSEST))) {
            wrong.accept("must go from a number to a greater one, by more than a billionth of it and than " + CLOSEST
                    + ", and no farther than " + FARTHEST);
        } else if (points < 2 || points > most) {
            wrong.accept("must have between 2 and " + most + " points, had " + points);
        } else {
            return Optional.of(range);
        }
        return Optional.empty();
    }

    /** A number as everywhere; empty of a text that is none. */
    static OptionalDouble number(String text) {
        try {
            return NUMBER.matcher(text).matches() ? OptionalDouble.of(Decimal.read(text)) : OptionalDouble.empty();
        } catch (ArithmeticException e) {
            return OptionalDouble.empty();
        }
    }

    double[] values() {
        return IntStream.range(0, points).mapToDouble(i -> i == points - 1 ? to : from + i * (to - from) / (points - 1)).toArray();
    }

    /** The middles of so many equal parts. */
    double[] middles(int parts) {
        return IntStream.range(0, parts).mapToDouble(i -> from + (i + 0.5) * (to - from) / parts).toArray();
    }
}
