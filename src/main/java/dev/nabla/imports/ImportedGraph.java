package dev.nabla.imports;

import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.graph.GraphReader;
import dev.nabla.exports.graph.GraphReader.Graph;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The graph of a file of Nabla's own as a formula. */
public final class ImportedGraph {

    private ImportedGraph() {}

    /**
     * All results of the graph, one after the other, as the outputs of one formula.
     *
     * @param inputNames of the inputs; as the file has them where this is empty
     * @param outputNames of the outputs; as the file has them, where they can be names, where this is empty
     * @throws InvalidException if it is no such graph, or no model: without inputs, or without its parameters
     */
    public static Formula read(String json, List<String> inputNames, List<String> outputNames) {
        Graph graph = graph(json);
        var outputs = new ArrayList<Expression>();
        graph.results().values().forEach(result -> {
            if (result.shape().rank() > 1) {
                throw wrong("/results", "must be numbers and vectors, had one of shape " + result.shape());
            }
            IntStream.range(0, result.shape().size()).forEach(i -> outputs.add(result.isScalar() ? result
                    : LinearAlgebra.entry(result, i)));
        });
        if (outputs.isEmpty()) {
            throw wrong("/results", "must have at least one item");
        }
        Expression all = LinearAlgebra.stack(outputs);
        var symbols = new ArrayList<Symbol>();
        for (Expression node : dev.nabla.expression.Graph.topologicalOrder(List.of(all))) {
            if (node instanceof Symbol symbol) {
                symbols.add(symbol);
            }
        }
        Symbol inputs = symbols.stream().filter(symbol -> symbol.isPerSample() && symbol.name()
                .equals(Identifier.INPUTS)
                && symbol.shape().isVector()).findFirst().orElseThrow(() -> wrong("/nodes",
                "must have a vector of inputs"));
        Map<Symbol, double[]> parameters = new LinkedHashMap<>();
        symbols.stream().filter(symbol -> !symbol.equals(inputs)).forEach(symbol -> {
            double[] values = graph.parameters().get(symbol.name());
            if (values == null || values.length != symbol.shape().size() || symbol.isPerSample()) {
                throw wrong("/parameters", "must have the values of " + symbol.name()
                        + ": export with substituteParameters");
            }
            parameters.put(symbol, values);
        });
        return new Formula(inputs, all, parameters, names("inputs", inputNames, graph.inputs(), "x", inputs.shape()
                .size()),
                names("outputs", outputNames, List.copyOf(graph.results().keySet()), "y", outputs.size()));
    }

    private static Graph graph(String json) {
        try {
            return GraphReader.graph(json);
        } catch (RefusedExportException e) {
            throw wrong("", e.getMessage());
        }
    }

    private static InvalidException wrong(String pointer, String detail) {
        return new InvalidException(List.of(Problem.of(pointer, detail)));
    }

    private static List<String> names(String parameter, List<String> given, List<String> ofFile, String letter,
            int count) {
        if (!given.isEmpty() && given.size() != count) {
            throw wrong("/" + parameter, "must name the " + count + " " + parameter + " of the graph, named "
                    + given.size());
        }
        boolean areNames = ofFile.size() == count && ofFile.stream().allMatch(name -> Identifier.violation(name)
                .isEmpty());
        return !given.isEmpty() ? given : areNames ? ofFile : NamesOrCount.numbered(letter, count);
    }
}
