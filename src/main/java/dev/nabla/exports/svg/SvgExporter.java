package dev.nabla.exports.svg;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A box for each node of the graph, with its shape, above those of its operands; results stand on top. */
public final class SvgExporter implements Exporter {

    private static final int MOST_NODES = 1000;
    private static final int WIDTH = 150;
    private static final int HEIGHT = 34;
    private static final int ACROSS = 20;
    private static final int BETWEEN = 50;

    private record Box(int column, int layer) {

        int x() {
            return ACROSS + column * (WIDTH + ACROSS);
        }

        int y(int layers) {
            return ACROSS + (layers - layer) * (HEIGHT + BETWEEN);
        }
    }

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        List<Expression> order = Graph.topologicalOrder(subject.expressions());
        Sizes.requireFew(order.size(), MOST_NODES, "nodes");
        var columns = new TreeMap<Integer, Integer>();
        Map<Expression, Box> boxes = new HashMap<>();
        for (Expression node : order) {
            boxes.put(node, new Box(columns.merge(node.depth(), 1, Integer::sum) - 1, node.depth()));
        }
        int layers = columns.lastKey() + 1;
        int width = ACROSS + columns.values().stream().mapToInt(count -> count).max().orElse(0) * (WIDTH + ACROSS);
        width = Math.max(width, ACROSS + subject.equations().size() * (WIDTH + ACROSS));
        int height = 2 * ACROSS + layers * (HEIGHT + BETWEEN) + HEIGHT;
        var lines = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (Expression node : order) {
            Box box = requireNonNull(boxes.get(node));
            node.operands().forEach(operand -> lines.add(line(box.x(), box.y(layers) + HEIGHT,
                    requireNonNull(boxes.get(operand)), layers)));
            texts.add(box(box.x(), box.y(layers), label(node), node.shape().toString(), "#fff"));
        }
        for (int i = 0; i < subject.equations().size(); i++) {
            Subject.Equation equation = subject.equations().get(i);
            int x = new Box(i, 0).x();
            lines.add(line(x, ACROSS + HEIGHT, requireNonNull(boxes.get(equation.expression())), layers));
            texts.add(box(x, ACROSS, equation.text(), equation.expression().shape().toString(), "#def"));
        }
        String text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
                .formatted(width, height, width, height) + "<title>" + escaped(String.join(" ", subject.origin()))
                + "</title>\n"
                + "<g stroke=\"#888\">\n" + String.join("", lines)
                + "</g>\n<g font-family=\"monospace\" font-size=\"12\" "
                + "text-anchor=\"middle\">\n" + String.join("", texts) + "</g>\n</svg>\n";
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".svg", text)), maxLength);
    }

    @Override
    public boolean takesValues() {
        return false;
    }

    private static String line(int x, int y, Box to, int layers) {
        return "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n".formatted(x + WIDTH / 2, y, to.x() + WIDTH / 2,
                to.y(layers));
    }

    private static String box(int x, int y, String label, String shape, String colour) {
        String shortened = label.length() <= 19 ? label : label.substring(0, label.offsetByCodePoints(0, 18))
                + "\u2026";
        return ("<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\" stroke=\"#333\"/>"
                + "<text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" fill=\"#666\">%s</text></g>\n")
                .formatted(escaped(label), x, y,
                WIDTH, HEIGHT, colour, x + WIDTH / 2, y + 14, escaped(shortened), x + WIDTH / 2, y + 28, shape);
    }

    private static String label(Expression node) {
        return switch (node) {
            case Constant c -> String.valueOf(c.value());
            case Symbol s -> s.name();
            case Apply a -> a.function().text();
            case ApplyBinary a -> a.function().text();
            case Entry e -> "entry " + e.index();
            case Expression.Sum _ -> "+";
            case Expression.Product _ -> "\u00d7";
            case Expression.Power _ -> "power";
            case Expression.Select _ -> "where";
            case Expression.MatrixProduct _ -> "matrix product";
            case Expression.Transpose _ -> "transpose";
            case Expression.OuterProduct _ -> "outer product";
            case Expression.Solve _ -> "solve";
            case Expression.EntrySum _ -> "sum of entries";
            case Expression.Norm _ -> "norm";
            case Expression.SampleSum _ -> "sum of samples";
            case Expression.Broadcast _ -> "repeat";
            case Expression.Stack _ -> "stack";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
