package dev.nabla.language;

import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that may be given to inputs, outputs and columns: those that equations do not use for something else. */
public final class Identifier {

    /** The words of equations that are no functions; what they stand for here or there, if for anything, a scope says. */
    public static final String INPUTS = "inputs";
    public static final String OUTPUTS = "outputs";
    public static final String TARGETS = "targets";
    public static final String LOSS = "loss";
    public static final String FIELD = "field";

    private static final Pattern PATTERN = Pattern.compile(
            "[\\p{L}&&\\p{javaUnicodeIdentifierStart}][\\p{L}\\p{M}0-9_&&[\\p{javaUnicodeIdentifierPart}]]{0,63}");
    private static final Set<String> WORDS = Set.of(INPUTS, OUTPUTS, TARGETS, LOSS, FIELD);

    private Identifier() {}

    /** Why something may not be called so; empty if it may. */
    public static Optional<String> violation(String name) {
        return violationOfForm(name).or(() -> isUsed(name) ? Optional.of(used(name)) : Optional.empty());
    }

    /** Why something may not be called so in any version of the equation language; empty if it may. */
    public static Optional<String> violationOfForm(String name) {
        if (!PATTERN.matcher(name).matches()) {
            return Optional.of("must be a letter followed by at most 63 letters, digits or underscores");
        }
        return normalised(name).equals(name) ? Optional.empty()
                : Optional.of("must be in Unicode's normal form NFKC, which is '" + normalised(name) + "'");
    }

    /** The one spelling, NFKC (Unicode Standard Annex 15), of names that look alike; Python reads names so, too. */
    static String normalised(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
    }

    /** Whether a name has a meaning in equations. */
    public static boolean isUsed(String name) {
        return WORDS.contains(name) || Call.exists(name);
    }

    /** What to say of a name that has a meaning in equations. */
    public static String used(String name) {
        return "must not be '" + name + "', which equations use";
    }
}
