package dev.nabla.datasets.files;

import dev.nabla.datasets.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of numbers. */
final class NumberField extends Field {

    private static final int EXAMPLES = 3;

    private final DecimalMark decimal;
    private final Listing wrong = new Listing();
    private boolean hasNumbers;
    private @Nullable String firstWord;

    NumberField(int index, String name, String place, DecimalMark decimal) {
        super(index, name, place);
        this.decimal = decimal;
    }

    @Override
    double number(String text, long place) {
        try {
            double number = decimal.read(text);
            hasNumbers = true;
            return number;
        } catch (ArithmeticException e) {
            wrong.add(place() + " " + place + ": " + e.getMessage());
            if (firstWord == null && !decimal.isNumber(text)) {
                firstWord = text;
            }
            return NONE;
        }
    }

    @Override
    int columns() {
        return 1;
    }

    @Override
    boolean hasTooMuch() {
        return wrong.isFull();
    }

    @Override
    List<SourceColumn> columns(Headers headers) {
        return List.of(headers.column(index()));
    }

    @Override
    void put(double number, double[] row, int at) {
        row[at] = number;
    }

    @Override
    void addTo(Problems problems, Missing ifMissing) {
        super.addTo(problems, ifMissing);
        if (!wrong.isEmpty()) {
            problems.add("", "column '" + name() + "', " + wrong.joined("; ", EXAMPLES)
                    + (hasTooMuch() ? "; what follows was not read" : "") + (firstWord == null ? "" : hint(firstWord)));
        }
    }

    private String hint(String word) {
        if (DecimalMark.isOfDigits(word)) {
            return "; numbers have no separators of thousands, and '.' before decimals, or ',' with decimal=,";
        }
        String na = "; name in na what means that there is no value";
        return hasNumbers ? na : na + ", or words in oneHot=" + name() + ", or leave the column out";
    }
}
