package dev.nabla.datasets.files;

import dev.nabla.language.Identifier;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names that equations can use, made of any text: what a name may not have becomes an underscore, none of them at its ends,
 * and letters lose what is above and below them if they must. What begins with no letter gets {@code c_} before it, a word of
 * the equation language an underscore behind it, and what is there already a number.
 */
final class SafeNames {

    private static final int MOST = 64;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Takes a name if it is free. */
    boolean take(String name) {
        return taken.add(name);
    }

    /** Takes a name like the text; {@code otherwise} is one for a text of which nothing is left. */
    String takeLike(String text, String otherwise) {
        String safe = safe(text, otherwise);
        String name = safe;
        while (!taken.add(name)) {
            String number = "_" + numbers.merge(safe, 2, (last, _) -> last + 1);
            name = cut(safe, MOST - number.length()) + number;
        }
        return name;
    }

    /** A text with a number behind it, of which nothing is cut off. */
    static String numbered(String text, int number) {
        String suffix = "_" + number;
        return cut(text, MOST - suffix.length()) + suffix;
    }

    private static String safe(String header, String otherwise) {
        String text = Normalizer.normalize(header, Form.NFKC);
        var safe = new StringBuilder();
        for (int i = 0; i < text.length() && safe.length() < MOST; i += Character.charCount(text.codePointAt(i))) {
            String letter = Character.toString(text.codePointAt(i));
            append(safe, mayBeInside(letter) ? letter : Normalizer.normalize(letter, Form.NFKD));
        }
        String bare = Normalizer.normalize(safe, Form.NFKC).replaceFirst("_+$", "");
        String begun = bare.isEmpty() ? otherwise : Identifier.violationOfForm(bare).isEmpty() ? bare : "c_" + bare;
        return Identifier.isUsed(begun) ? begun + "_" : cut(begun, MOST);
    }

    private static String cut(String name, int length) {
        int end = Math.min(name.length(), length);
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
    }

    private static void append(StringBuilder safe, String letters) {
        letters.codePoints().mapToObj(Character::toString).forEach(letter -> {
            if (mayBeInside(letter) && !letter.equals("_")) {
                safe.append(letter);
            } else if (Character.getType(letter.codePointAt(0)) != Character.NON_SPACING_MARK && !safe.isEmpty()
                    && safe.charAt(safe.length() - 1) != '_') {
                safe.append('_');
            }
        });
    }

    private static boolean mayBeInside(String letter) {
        return Identifier.violationOfForm("a" + letter).isEmpty();
    }
}
