package dev.nabla.rendering;

import java.util.Optional;

/**
 * The print of one node, with what those who use it need to know to place parentheses and signs.
 *
 * @param precedence how tightly its outermost operation binds
 * @param opposite where it begins with a minus sign: its negative, which does not
 */
record Fragment(Text text, Precedence precedence, Optional<Fragment> opposite) {

    /** How tightly operations bind, loosest first. */
    enum Precedence { SUM, NEGATION, PRODUCT, POWER, ATOM }

    static Fragment of(Text text, Precedence precedence) {
        return new Fragment(text, precedence, Optional.empty());
    }

    static Fragment atom(Text text) {
        return of(text, Precedence.ATOM);
    }

    static Fragment atom(String text) {
        return atom(Text.of(text));
    }

    boolean bindsAtLeast(Precedence minimum) {
        return precedence.compareTo(minimum) >= 0;
    }

    boolean isNegative() {
        return opposite.isPresent();
    }
}
