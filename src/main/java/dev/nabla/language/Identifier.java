package dev.nabla.language;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that may be given to inputs, outputs and columns: those that equations do not use for something else. */
public final class Identifier {

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Set<String> WORDS = Set.of("inputs", "outputs", "targets", "loss", "field");

    private Identifier() {}

    /** Why something may not be called so; empty if it may. */
    public static Optional<String> violation(String name) {
        return violationOfForm(name).or(() -> isUsed(name) ? Optional.of(used(name)) : Optional.empty());
    }

    /** Why something may not be called so in any version of the equation language; empty if it may. */
    public static Optional<String> violationOfForm(String name) {
        return PATTERN.matcher(name).matches() ? Optional.empty()
                : Optional.of("must be a letter followed by at most 63 letters, digits or underscores");
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
