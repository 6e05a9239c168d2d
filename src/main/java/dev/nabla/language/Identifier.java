package dev.nabla.language;

import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;

/** The names that may be given to inputs, outputs and columns: those that equations do not use for something else. */
public final class Identifier {

    /** The words of equations that are no functions; what they stand for here or there, if for anything, a scope says. */
    public static final String INPUTS = "inputs";
    public static final String OUTPUTS = "outputs";
    public static final String TARGETS = "targets";
    public static final String LOSS = "loss";
    public static final String FIELD = "field";
    public static final String PARAMETERS = "parameters";
    /** No word everywhere, but where there is an energy. */
    public static final String ENERGY = "energy";

    /** As far as a pattern says it that all readers of JSON Schema understand, not all of which know of letters. */
    private static final String FORM =
            "^[A-Za-z\\u00AA-\\uD7FF\\uF900-\\uFFDC][A-Za-z0-9_\\u00AA-\\uD7FF\\uF900-\\uFFDC]{0,63}$";
    private static final String NOT_OF_FORM = "must be a letter followed by at most 63 letters, digits or underscores";
    private static final java.util.regex.Pattern PATTERN = java.util.regex.Pattern.compile(FORM);
    private static final java.util.regex.Pattern LETTERS = java.util.regex.Pattern.compile("\\p{L}[\\p{L}\\p{M}0-9_]{0,63}");
    private static final Set<String> WORDS = Set.of(INPUTS, OUTPUTS, TARGETS, LOSS, FIELD, PARAMETERS);

    private Identifier() {}

    /** On a type of texts: they are such names; which words equations use is not said. */
    @Pattern(regexp = FORM, message = NOT_OF_FORM)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE_USE)
    public @interface Named {}

    /** Why something may not be called so; empty if it may. */
    public static Optional<String> violation(String name) {
        return violationOfForm(name).or(() -> isUsed(name) ? Optional.of(used(name)) : Optional.empty());
    }

    /** Why something may not be called so in any version of the equation language; empty if it may. */
    public static Optional<String> violationOfForm(String name) {
        boolean isOfForm = PATTERN.matcher(name).matches() && LETTERS.matcher(name).matches()
                && Character.isUnicodeIdentifierStart(name.charAt(0)) && name.chars().allMatch(Character::isUnicodeIdentifierPart);
        if (!isOfForm) {
            return Optional.of(NOT_OF_FORM);
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
