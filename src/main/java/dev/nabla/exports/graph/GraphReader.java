package dev.nabla.exports.graph;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.graph.GraphFile.Node;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.UndefinedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the graph of a file. */
public final class GraphReader {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private GraphReader() {}

    /**
     * What a file says.
     *
     * @param inputs their names
     * @param results by their equations
     * @param parameters the values of those that are taken away, row-major
     */
    public record Graph(List<String> inputs, Map<String, Expression> results, Map<String, double[]> parameters) {}

    /**
     * The expressions of a file, by their equations.
     *
     * @throws RefusedExportException if it is no such file, or a node of it is none that there may be
     */
    public static Map<String, Expression> read(String json) {
        return graph(json).results();
    }

    /**
     * The same with inputs and parameters.
     *
     * @throws RefusedExportException if it is no such file, or a node of it is none that there may be
     */
    public static Graph graph(String json) {
        try {
            GraphFile file = JSON.readValue(json, GraphFile.class);
            if (!GraphFile.FORMAT.equals(file.format())) {
                throw new RefusedExportException("must have the format " + GraphFile.FORMAT + ", had " + file.format());
            }
            var nodes = new ArrayList<Expression>();
            for (Node node : file.nodes()) {
                nodes.add(expression(node, nodes));
            }
            var results = new LinkedHashMap<String, Expression>();
            file.results().forEach(result -> results.put(result.equation(), nodes.get(result.node())));
            Map<String, double[]> parameters = new LinkedHashMap<>();
            for (GraphFile.Parameter parameter : file.parameters()) {
                double[] values = parameter.values();
                if (values != null) {
                    parameters.put(parameter.name(), values);
                }
            }
            return new Graph(List.copyOf(file.inputs()), results, parameters);
        } catch (JacksonException | NullPointerException | IndexOutOfBoundsException | IllegalArgumentException
                | NoSuchElementException | UndefinedException e) {
            throw new RefusedExportException("is no graph of the format " + GraphFile.FORMAT);
        }
    }

    private static Expression expression(Node node, List<Expression> before) {
        Shape shape = Shape.of(node.shape().stream().mapToInt(dimension -> dimension).toArray());
        List<Expression> operands = node.operands().stream().map(before::get).toList();
        Expression expression = expression(node, shape, operands);
        if (!expression.shape().equals(shape) || Kind.of(expression) != node.kind()) {
            throw new RefusedExportException("node " + before.size() + " is no " + node.kind() + " of shape " + shape);
        }
        return expression;
    }

    private static Expression expression(Node node, Shape shape, List<Expression> operands) {
        return switch (node.kind()) {
            case CONSTANT -> Arithmetic.constant(requireNonNull(node.value()), shape);
            case SYMBOL -> requireNonNull(node.perSample()) ? Arithmetic.perSampleSymbol(requireNonNull(node.name()),
                    shape)
                    : Arithmetic.symbol(requireNonNull(node.name()), shape);
            case APPLY -> Arithmetic.apply(ScalarFunction.named(requireNonNull(node.function())).orElseThrow(() ->
                    new RefusedExportException("there is no function " + node.function())), operands.get(0));
            case SUM -> Arithmetic.sum(operands);
            case PRODUCT -> Arithmetic.product(operands);
            case POWER -> operands.get(1).isConstant(-1) ? Arithmetic.reciprocal(operands.get(0))
                    : Arithmetic.power(operands.get(0), operands.get(1));
            case APPLY_BINARY -> Arithmetic.apply(BinaryFunction.valueOf(requireNonNull(node.function()).toUpperCase(Locale.ROOT)),
                    operands.get(0), operands.get(1));
            case SELECT -> Arithmetic.select(operands.get(0), operands.get(1), operands.get(2));
            case MATRIX_PRODUCT -> LinearAlgebra.matrixProduct(operands.get(0), operands.get(1));
            case TRANSPOSE -> LinearAlgebra.transpose(operands.get(0));
            case OUTER_PRODUCT -> LinearAlgebra.outerProduct(operands.get(0), operands.get(1));
            case SOLVE -> LinearAlgebra.solve(operands.get(0), operands.get(1));
            case ENTRY_SUM -> LinearAlgebra.entrySum(operands.get(0));
            case NORM -> LinearAlgebra.norm(operands.get(0));
            case SAMPLE_SUM -> LinearAlgebra.sampleSum(operands.get(0));
            case BROADCAST -> LinearAlgebra.broadcast(operands.get(0), shape);
            case ENTRY -> LinearAlgebra.entry(operands.get(0), requireNonNull(node.index()));
            case STACK -> LinearAlgebra.stack(operands);
        };
    }
}
