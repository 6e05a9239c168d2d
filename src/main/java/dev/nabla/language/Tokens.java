package dev.nabla.language;

import dev.nabla.language.Token.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an equation into tokens, one at a time. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<name>[\\p{L}_][\\p{L}\\p{M}0-9_]*(?:\\.[\\p{L}_][\\p{L}\\p{M}0-9_]*)*+)"
            + "|(?<operator>\\*\\*|[<>=!]=|[-+*/^@(),=\\[\\]<>])");

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

    /** The token behind the current one. */
    Token following() {
        return read(current.position() + current.text().length());
    }

    /** The first token behind the next comma that is in no parentheses which open from here on; the end if there is none. */
    Token behindComma() {
        int depth = 0;
        Token token = current;
        while (token.kind() != Kind.END && depth >= 0 && !(depth == 0 && token.is(","))) {
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            token = read(token.position() + token.text().length());
        }
        return token.is(",") ? read(token.position() + 1) : new Token(Kind.END, "", token.position());
    }

    /** Goes on where an operator stands; whether it did. */
    boolean accept(String operator) {
        if (current.is(operator)) {
            next();
            return true;
        }
        return false;
    }

    /** @param what how it is called where something else stands */
    int positiveInteger(String what) {
        Token token = next();
        if (token.kind() != Kind.NUMBER || !token.text().matches("0*[1-9][0-9]{0,8}")) {
            throw EquationException.ofSyntax(token.position(), "expected " + what + ", found " + token.shown());
        }
        return Integer.parseInt(token.text());
    }

    /** @param expected how it is called where something else stands */
    void require(Kind kind, String text, String expected) {
        Token token = current;
        if (token.kind() != kind || !token.text().equals(text)) {
            throw EquationException.ofSyntax(token.position(), "expected " + expected + ", found " + token.shown());
        }
        next();
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
            throw EquationException.ofSyntax(start, "'" + Character.toString(text.codePointAt(start))
                    + "' is no part of the equation language");
        }
        Kind kind = matcher.group("number") != null ? Kind.NUMBER
                : matcher.group("name") != null ? Kind.NAME : Kind.OPERATOR;
        return new Token(kind, matcher.group(), start);
    }
}
