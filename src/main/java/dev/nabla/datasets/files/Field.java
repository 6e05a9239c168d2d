package dev.nabla.datasets.files;

import dev.nabla.datasets.Problems;
import java.util.List;
import java.util.Set;

/** One chosen column while the rows are read. */
abstract sealed class Field permits NumberField, WordField {

    /** What stands for a field without a value, or with a wrong one. */
    static final double NONE = Double.NaN;

    private final int index;
    private final String name;
    private final String place;
    private final Listing missing = new Listing();

    Field(int index, String name, String place) {
        this.index = index;
        this.name = name;
        this.place = place;
    }

    final int index() {
        return index;
    }

    final String name() {
        return name;
    }

    /** What a row is called by its number. */
    final String place() {
        return place;
    }

    /** The number of a field, or {@link #NONE}. */
    final double read(String text, long number, Set<String> na) {
        if (text.isEmpty() || na.contains(text)) {
            missing.add(String.valueOf(number));
            return NONE;
        }
        return number(text, number);
    }

    /** The number of a text that is not empty, or {@link #NONE}. */
    abstract double number(String text, long place);

    /** Notes that a number that was read is in a row that stays. */
    void keep(double number) {}

    /** How many columns come of it so far. */
    abstract int columns();

    /** The columns that come of it, after all rows were read. */
    abstract List<SourceColumn> columns(Headers headers);

    /** Puts a number that was read where its columns begin. */
    abstract void put(double number, double[] row, int at);

    /** Whether there is nothing more to read, as it cannot be right any more. */
    boolean hasTooMuch() {
        return false;
    }

    /** Adds what is wrong with its fields. */
    void addTo(Problems problems, Missing ifMissing) {
        if (ifMissing == Missing.REFUSE && !missing.isEmpty()) {
            problems.add("", "column '" + name + "' has no value on " + place + " " + missing.joined(", ")
                    + "; missing=drop leaves such rows out");
        }
    }
}
