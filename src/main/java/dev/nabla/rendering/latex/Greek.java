package dev.nabla.rendering.latex;

import java.util.List;
import java.util.Optional;

/** The Greek letters for which LaTeX has commands. */
public final class Greek {

    private static final List<String> NAMES = List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta",
            "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
            "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    /** In the order of their names. */
    private static final String LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ";

    private Greek() {}

    /** The command for what is the name of a letter, {@code theta}, or the letter itself. */
    static Optional<String> command(String name) {
        return NAMES.contains(name) ? Optional.of("\\" + name)
                : name.length() == 1 ? command(name.charAt(0)) : Optional.empty();
    }

    /** The command for a letter, in mathematics: {@code \theta} for θ. */
    public static Optional<String> command(int letter) {
        int place = LETTERS.indexOf(letter);
        return place < 0 ? Optional.empty() : Optional.of("\\" + NAMES.get(place));
    }
}
