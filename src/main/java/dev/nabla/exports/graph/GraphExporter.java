package dev.nabla.exports.graph;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.graph.GraphFile.Node;
import dev.nabla.exports.graph.GraphFile.Parameter;
import dev.nabla.exports.graph.GraphFile.Result;
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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The graph that all equations share, each node once. {@link GraphReader} makes the same expressions of it. */
public final class GraphExporter implements Exporter {

    private static final long CHARACTERS_OF_NODE = 30;

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        List<Expression> order = Graph.topologicalOrder(subject.expressions());
        Sizes.requireFew(order.size() * CHARACTERS_OF_NODE, maxLength, "characters or more");
        Map<Expression, Integer> numbers = new HashMap<>();
        var nodes = new ArrayList<Node>();
        for (Expression node : order) {
            nodes.add(node(node, numbers));
            numbers.put(node, numbers.size());
        }
        Map<Symbol, double[]> values = subject.values().map(subject::split).orElse(Map.of());
        var file = new GraphFile(GraphFile.FORMAT, subject.origin(), subject.inputNames(), subject.parameters().stream()
                .map(symbol -> new Parameter(symbol.name(), symbol.shape().dimensions(), values.get(symbol))).toList(),
                nodes,
                subject.equations().stream().map(equation -> new Result(equation.text(),
                        requireNonNull(numbers.get(equation.expression())))).toList());
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".json",
                JsonMapper.shared().writeValueAsString(file) + "\n")), maxLength);
    }

    private static Node node(Expression node, Map<Expression, Integer> numbers) {
        List<Integer> operands = node.operands().stream().map(operand -> requireNonNull(numbers.get(operand))).toList();
        @Nullable String function = switch (node) {
            case Apply a -> a.function().text();
            case ApplyBinary a -> a.function().name().toLowerCase(Locale.ROOT);
            default -> null;
        };
        return new Node(Kind.of(node), node.shape().dimensions(), operands, node instanceof Symbol s ? s.name() : null,
                node instanceof Symbol s ? s.isPerSample() : null, node instanceof Constant c ? c.value() : null,
                function,
                node instanceof Entry e ? e.index() : null);
    }
}
