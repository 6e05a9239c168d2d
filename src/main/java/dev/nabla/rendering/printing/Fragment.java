package dev.nabla.rendering.printing;

import java.util.Optional;

/**
 * The print of one node, with what those who use it need to know to place parentheses and signs.
 *
 * @param precedence how tightly its outermost operation binds
 * @param opposite where it begins with a minus sign: its negative, which does not
 */
public record Fragment(Text text, Precedence precedence, Optional<Fragment> opposite) {

    /** How tightly operations bind, loosest first. */
    public enum Precedence { COMPARISON, SUM, NEGATION, PRODUCT, POWER, ATOM }

    public static Fragment of(Text text, Precedence precedence) {
        return new Fragment(text, precedence, Optional.empty());
    }

    public static Fragment atom(Text text) {
        return of(text, Precedence.ATOM);
    }

    public static Fragment atom(String text) {
        return atom(Text.of(text));
    }

    public boolean bindsAtLeast(Precedence minimum) {
        return precedence.compareTo(minimum) >= 0;
    }

    public boolean isNegative() {
        return opposite.isPresent();
    }
}
