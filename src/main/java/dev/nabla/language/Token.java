package dev.nabla.language;

/**
 * A word of an equation.
 *
 * @param text as written; empty at the end
 * @param position its first character, 0-based
 */
record Token(Kind kind, String text, int position) {

    enum Kind { NUMBER, NAME, OPERATOR, END }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** As an error message shows it. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
