package dev.nabla.exports.latex;

import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks a formula that is wider than a page, between the terms of its sums. Parentheses that are open where a line ends are closed
 * there and opened again by ones that are not seen, as LaTeX wants both on one line.
 */
final class Lines {

    /** About as many characters as are as wide as a page of A4 with narrow margins. */
    private static final int MOST = 80;
    private static final int MOST_INDENTED = 8;
    private static final double NANOS_OF_CHARACTER = 100;

    private static final Pattern TOKEN = Pattern.compile("\\\\(?:[A-Za-z]+|.)|[ ][+-][ ]|.", Pattern.DOTALL);
    private static final Pattern NOT_SEEN = Pattern.compile("\\\\(?:left|right|mathrm|operatorname|text|begin|end)(?![A-Za-z])|[\\s{}^_&]");
    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]{4,}");

    private Lines() {}

    /** A part that is not broken. All but the first begin with the sign of a term. */
    private record Part(int parentheses, String latex) {}

    /** The formula as the body of {@code align*}; without a break, if there is none. */
    static String broken(String formula) {
        Work.spend(NANOS_OF_CHARACTER * formula.length());
        var text = new StringBuilder();
        int ofLine = 0;
        for (Part part : parts(formula)) {
            int width = width(part.latex);
            if (ofLine > 0 && ofLine + width > MOST) {
                text.append(" \\right.".repeat(part.parentheses)).append(" \\\\\n& ")
                        .append("\\quad ".repeat(Math.min(1 + part.parentheses, MOST_INDENTED)))
                        .append("\\left. ".repeat(part.parentheses)).append("{}");
                ofLine = 0;
            }
            text.append(part.latex);
            ofLine += width;
        }
        return text.toString();
    }

    private static List<Part> parts(String formula) {
        var parts = new ArrayList<Part>();
        int braces = 0;
        int parentheses = 0;
        int atStart = 0;
        int start = 0;
        for (Matcher token = TOKEN.matcher(formula); token.find();) {
            String found = token.group();
            if (braces == 0 && (found.equals(" + ") || found.equals(" - "))) {
                parts.add(new Part(atStart, formula.substring(start, token.start())));
                start = token.start();
                atStart = parentheses;
            }
            braces += opened(found, "{", "}") + opened(found, "\\begin", "\\end");
            parentheses += opened(found, "\\left", "\\right");
        }
        parts.add(new Part(atStart, formula.substring(start)));
        return parts;
    }

    private static int opened(String token, String opening, String closing) {
        return token.equals(opening) ? 1 : token.equals(closing) ? -1 : 0;
    }

    /** About how many characters are seen. */
    private static int width(String latex) {
        return COMMAND.matcher(NOT_SEEN.matcher(latex).replaceAll("")).replaceAll("long").length();
    }
}
