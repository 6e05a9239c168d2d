package dev.nabla.language;

import dev.nabla.language.Token.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an equation into tokens, one at a time. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<name>[\\p{L}_][\\p{L}\\p{M}0-9_]*(?:\\.[\\p{L}_][\\p{L}\\p{M}0-9_]*)*+)|(?<operator>\\*\\*|[<>=!]=|[-+*/^@(),\\[\\]<>])");

    private final String text;
    private final Matcher matcher;
    private Token current;

    Tokens(String text) {
        this.text = text;
        this.matcher = TOKEN.matcher(text);
        this.current = read(0);
    }

    Token current() {
        return current;
    }

    /** Returns the current token and goes on to the next. */
    Token next() {
        Token taken = current;
        current = read(taken.position() + taken.text().length());
        return taken;
    }

    private Token read(int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start == text.length()) {
            return new Token(Kind.END, "", start);
        }
        matcher.region(start, text.length());
        if (!matcher.lookingAt()) {
            throw new EquationException(start, "'" + Character.toString(text.codePointAt(start))
                    + "' is no part of the equation language");
        }
        Kind kind = matcher.group("number") != null ? Kind.NUMBER
                : matcher.group("name") != null ? Kind.NAME : Kind.OPERATOR;
        return new Token(kind, matcher.group(), start);
    }
}
