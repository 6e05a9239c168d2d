package dev.nabla.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What to say about a name that is not in scope. */
final class UnknownName {

    private static final int SHOWN = 12;
    private static final int COMPARED = 100;

    private UnknownName() {}

    /** Names the likeliest of those that are. */
    static String message(String name, Collection<String> known) {
        String begun = name.substring(0, Math.min(name.length(), COMPARED));
        String nearest = known.stream().sorted(Comparator.comparingInt(other -> distance(begun, other))).limit(SHOWN)
                .collect(Collectors.joining(", "));
        return "unknown name '" + name + "'; known are " + nearest + (known.size() > SHOWN ? ", …" : "");
    }

    /** The number of characters to insert, delete or replace (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
