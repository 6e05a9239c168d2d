package dev.nabla.exports.files;

import dev.nabla.expression.Expression.Symbol;
import java.util.ArrayList;
import java.util.List;

/** What every file says of itself. */
public final class Comments {

    private Comments() {}

    /** The lines of the comment at the beginning; none ends a comment of any language. */
    public static List<String> of(Subject subject) {
        var lines = new ArrayList<String>(subject.origin());
        lines.add("inputs: " + String.join(", ", subject.inputNames()));
        if (subject.parameterCount() > 0) {
            var layout = new ArrayList<String>();
            for (Symbol symbol : subject.parameters()) {
                layout.add(symbol.name() + symbol.shape());
            }
            lines.add("parameters, one after the other, each row-major: " + String.join(", ", layout));
        }
        for (int i = 0; i < subject.equations().size(); i++) {
            Subject.Equation equation = subject.equations().get(i);
            lines.add("result" + (i + 1) + ", of shape " + equation.expression().shape() + ": " + equation.text());
        }
        return lines.stream().map(Comments::harmless).toList();
    }

    private static String harmless(String line) {
        return line.replaceAll("\\s+", " ").replace("*/", "* /").replace("/*", "/ *").replace("\\", "/").replace("=#",
                "= #")
                .replace("#=", "# =").replace("--", "- -");
    }
}
