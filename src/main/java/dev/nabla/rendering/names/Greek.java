package dev.nabla.rendering.names;

import java.util.List;
import java.util.Optional;

/** The Greek letters that are not Latin ones, and their names. */
public final class Greek {

    private static final List<String> NAMES = List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta",
            "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
            "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    /** In the order of their names. */
    private static final String LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ";

    private Greek() {}

    public static boolean isName(String text) {
        return NAMES.contains(text);
    }

    /** The name of a letter: {@code theta} of θ. */
    public static Optional<String> name(int letter) {
        int place = LETTERS.indexOf(letter);
        return place < 0 ? Optional.empty() : Optional.of(NAMES.get(place));
    }
}
