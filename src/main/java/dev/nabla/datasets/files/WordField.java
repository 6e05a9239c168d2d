package dev.nabla.datasets.files;

import dev.nabla.datasets.Problems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of words, each read as its number in the order in which they came. There is a column for each that stays. */
final class WordField extends Field {

    private static final int MOST_WORDS = 1000;
    private static final int MOST_CHARACTERS = 200;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private int[] places = {};
    private final Listing tooLong = new Listing();

    WordField(int index, String name, String place) {
        super(index, name, place);
    }

    @Override
    double number(String text, long place) {
        if (text.length() > MOST_CHARACTERS) {
            tooLong.add(String.valueOf(place));
            return NONE;
        }
        int number = numbers.computeIfAbsent(text, _ -> words.size());
        if (number == words.size()) {
            words.add(text);
        }
        return number;
    }

    @Override
    void keep(double number) {
        kept.set((int) number);
    }

    @Override
    int columns() {
        return kept.cardinality();
    }

    /** In the order of the words. */
    @Override
    List<SourceColumn> columns(Headers headers) {
        List<Integer> sorted = kept.stream().boxed().sorted(Comparator.comparing(words::get)).toList();
        places = new int[words.size()];
        for (int i = 0; i < sorted.size(); i++) {
            places[sorted.get(i)] = i;
        }
        return sorted.stream().map(number -> headers.column(index(), words.get(number))).toList();
    }

    @Override
    void put(double number, double[] row, int at) {
        row[at + places[(int) number]] = 1;
    }

    @Override
    boolean hasTooMuch() {
        return columns() > MOST_WORDS;
    }

    @Override
    void addTo(Problems problems, Missing ifMissing) {
        super.addTo(problems, ifMissing);
        if (!tooLong.isEmpty()) {
            problems.add("", "column '" + name() + "' has more than " + MOST_CHARACTERS + " characters on " + place() + " "
                    + tooLong.joined(", "));
        }
        if (hasTooMuch()) {
            problems.add("", "column '" + name() + "' has more than " + MOST_WORDS + " different words, too many for oneHot");
        }
    }
}
