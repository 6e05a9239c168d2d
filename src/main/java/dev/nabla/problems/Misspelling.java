package dev.nabla.problems;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What is meant by a word that is not among those that are known. */
public final class Misspelling {

    /** Of so many letters one may be wrong. */
    private static final int LETTERS = 3;
    /** What is longer is compared by its beginning. */
    private static final int LONGEST = 100;

    private Misspelling() {}

    /**
     * A question to put behind a word, in front of a list of what is known, which may be long: {@code " (did you mean tanh?)"};
     * empty where no known word is near.
     */
    public static String hint(String word, Collection<String> known) {
        return meant(word, known).map(other -> " (did you mean " + other + "?)").orElse("");
    }

    /** What is wrong with a word that is none of those that are known: what may be meant first, then all that is allowed. */
    public static String mustBe(String allowed, Collection<String> known, String word) {
        return meant(word, known).map(other -> "was '" + word + "', did you mean " + other + "? It must be one of " + allowed)
                .orElse("must be one of " + allowed + ", was '" + word + "'");
    }

    private static Optional<String> meant(String word, Collection<String> known) {
        return known.stream().filter(other -> isNear(word, other)).min(nearest(word)
                .thenComparingInt(other -> Math.abs(other.length() - word.length())));
    }

    /** Orders words by how near they are to one. */
    public static Comparator<String> nearest(String word) {
        return Comparator.comparingInt(other -> distance(folded(word), folded(other)));
    }

    private static boolean isNear(String word, String other) {
        int slips = other.length() / LETTERS;
        return Math.abs(word.length() - other.length()) <= slips + 1 && distance(folded(word), folded(other)) <= slips;
    }

    /** The beginning of a word; cases, hyphens, underscores and spaces are no difference. */
    private static String folded(String word) {
        return word.substring(0, Math.min(word.length(), LONGEST)).toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The number of characters to insert, delete, replace or exchange with the next one (Damerau 1964). */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
