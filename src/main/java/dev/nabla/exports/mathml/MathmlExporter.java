package dev.nabla.exports.mathml;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.Comments;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Shared;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A formula that browsers show: a line for each subexpression that repeats, and one for each equation. */
public final class MathmlExporter implements Exporter {

    private static final int DEEPEST = 24;
    private static final long CHARACTERS_OF_NODE = 20;

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        List<Expression> roots = subject.expressionsOfValues();
        List<Expression> order = Graph.topologicalOrder(roots);
        Sizes.requireFew(order.size() * CHARACTERS_OF_NODE, maxLength, "characters or more");
        Map<Expression, Integer> named = Shared.of(roots, subject.notation().aliases().keySet(), DEEPEST);
        var writer = new MathmlWriter(subject.notation(), named);
        var written = new HashMap<Expression, String>();
        var lines = new StringBuilder();
        for (Expression node : order) {
            String formula = writer.formula(node, written);
            Integer number = named.get(node);
            if (number != null) {
                lines.append(line(MathmlWriter.temporary(number), formula));
            }
            written.put(node, number == null ? formula : MathmlWriter.temporary(number));
        }
        for (int i = 0; i < roots.size(); i++) {
            lines.append(line("<mtext>" + MathmlWriter.escaped(subject.equations().get(i).text()) + "</mtext>",
                    requireNonNull(written.get(roots.get(i)))));
        }
        String comment = Comments.of(subject).stream().map(line -> "  " + line + "\n")
                .collect(Collectors.joining("", "<!--\n", "-->\n"));
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".mml", comment
                + "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">\n<mtable>\n" + lines
                + "</mtable>\n</math>\n")), maxLength);
    }

    private static String line(String left, String right) {
        return "<mtr><mtd columnalign=\"right\">" + left + "</mtd><mtd><mo>=</mo></mtd><mtd columnalign=\"left\">"
                + right
                + "</mtd></mtr>\n";
    }
}
