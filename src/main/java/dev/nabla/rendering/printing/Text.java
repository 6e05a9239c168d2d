package dev.nabla.rendering.printing;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A string that is not written yet: a rope (Boehm, Atkinson and Plass, "Ropes: an alternative to strings", 1995) whose
 * parts may be shared, so that it can be exponentially longer than what it takes to hold it. Its length is exact.
 */
public sealed interface Text {

    BigInteger length();

    /** The first character; a space where there is none. */
    char first();

    record Literal(String characters) implements Text {

        @Override
        public BigInteger length() {
            return BigInteger.valueOf(characters.length());
        }

        @Override
        public char first() {
            return characters.isEmpty() ? ' ' : characters.charAt(0);
        }
    }

    record Concatenation(List<Text> parts, BigInteger length, char first) implements Text {}

    static Text of(String characters) {
        return new Literal(characters);
    }

    static Text concatenation(List<Text> parts) {
        BigInteger length = parts.stream().map(Text::length).reduce(BigInteger.ZERO, BigInteger::add);
        return new Concatenation(List.copyOf(parts), length, parts.isEmpty() ? ' ' : parts.getFirst().first());
    }

    static Text join(String separator, List<Text> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var joined = new ArrayList<Text>();
        Text between = of(separator);
        for (Text part : parts) {
            if (!joined.isEmpty()) {
                joined.add(between);
            }
            joined.add(part);
        }
        return concatenation(joined);
    }

    default Text plus(Text end) {
        return concatenation(List.of(this, end));
    }

    default Text plus(String end) {
        return plus(of(end));
    }

    default Text between(String opening, String closing) {
        return concatenation(List.of(of(opening), this, of(closing)));
    }

    /** Writes the string; the depth of the rope does not matter. */
    default String write() {
        var written = new StringBuilder(length().intValueExact());
        var path = new ArrayDeque<Iterator<Text>>();
        path.push(List.of(this).iterator());
        while (!path.isEmpty()) {
            if (!path.peek().hasNext()) {
                path.pop();
            } else {
                path.push(switch (path.peek().next()) {
                    case Literal literal -> {
                        written.append(literal.characters());
                        yield Collections.emptyIterator();
                    }
                    case Concatenation concatenation -> concatenation.parts().iterator();
                });
            }
        }
        return written.toString();
    }
}
