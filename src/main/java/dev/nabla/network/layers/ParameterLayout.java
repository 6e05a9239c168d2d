package dev.nabla.network.layers;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The parameters of a network and their places in one flat vector: layer after layer, weights before bias, matrices
 * row-major. Outside they are nested maps of arrays: {@code {"L1": {"W": [[…]], "b": […]}, …}}.
 */
public final class ParameterLayout {

    private final List<Parameter> parameters;
    private final List<Symbol> symbols;
    private final List<Integer> offsets;
    private final int size;

    ParameterLayout(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        this.symbols = parameters.stream().map(Parameter::symbol).toList();
        var offsets = new ArrayList<Integer>();
        int offset = 0;
        for (Symbol symbol : symbols) {
            offsets.add(offset);
            offset += symbol.shape().size();
        }
        this.offsets = List.copyOf(offsets);
        this.size = offset;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public List<Symbol> symbols() {
        return symbols;
    }

    /** The number of scalars. */
    public int size() {
        return size;
    }

    /** Where the symbol of this number begins in the flat vector. */
    public int offset(int symbol) {
        return offsets.get(symbol);
    }

    /** Whether the symbol of this number is a matrix of weights, or the entries of one: no bias and no scale. */
    public boolean isWeights(int symbol) {
        return parameters.get(symbol).isWeights();
    }

    /** The values of each symbol, row-major. */
    public Map<Symbol, double[]> split(double[] flat) {
        var values = new LinkedHashMap<Symbol, double[]>();
        for (int i = 0; i < symbols.size(); i++) {
            int offset = offsets.get(i);
            values.put(symbols.get(i), Arrays.copyOfRange(flat, offset,
                    offset + symbols.get(i).shape().size()));
        }
        return values;
    }

    /** Nested lists and maps of numbers by layer and letter. */
    public Map<String, Map<String, List<?>>> nest(double[] flat) {
        var nested = new LinkedHashMap<String, Map<String, List<?>>>();
        for (int i = 0; i < symbols.size(); i++) {
            nested.computeIfAbsent(layer(symbols.get(i)), _ -> new LinkedHashMap<>())
                    .put(letter(symbols.get(i)), nest(symbols.get(i).shape(), flat, offsets.get(i)));
        }
        return nested;
    }

    private static List<?> nest(Shape shape, double[] flat, int offset) {
        if (shape.isVector()) {
            return IntStream.range(0, shape.size()).mapToObj(i -> flat[offset + i]).toList();
        }
        Shape row = shape.withoutLeading(1);
        return IntStream.range(0, shape.dimension(0))
                .mapToObj(i -> nest(row, flat, offset + i * row.size())).toList();
    }

    /**
     * The flat vector of nested values.
     *
     * @param nested lists (of lists) of numbers by layer and letter
     * @throws InvalidException with every layer, letter, length and number that does not fit; its pointers
     *     begin at {@code nested}
     */
    public double[] flatten(Map<String, ? extends Map<String, ?>> nested) {
        var violations = new ArrayList<Problem>();
        double[] flat = new double[size];
        for (int i = 0; i < symbols.size(); i++) {
            Symbol symbol = symbols.get(i);
            String pointer = "/" + layer(symbol) + "/" + letter(symbol);
            Map<String, ?> layer = nested.get(layer(symbol));
            Object values = layer == null ? null : layer.get(letter(symbol));
            if (values == null) {
                violations.add(Problem.of(pointer, "is missing, must have shape " + symbol.shape()));
            } else {
                flatten(values, symbol.shape(), pointer, flat, offsets.get(i), violations);
            }
        }
        nested.forEach((layer, values) -> values.keySet().forEach(letter -> {
            if (symbols.stream().noneMatch(symbol -> symbol.name().equals(layer + "." + letter))) {
                violations.add(Problem.of("/" + Problem.token(layer) + "/" + Problem.token(letter),
                        "is no parameter of the network"));
            }
        }));
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
        return flat;
    }

    private static void flatten(Object values, Shape shape, String pointer, double[] flat, int offset,
            List<Problem> violations) {
        if (shape.isScalar()) {
            if (values instanceof Number number && Double.isFinite(number.doubleValue())) {
                flat[offset] = number.doubleValue();
            } else {
                violations.add(Problem.of(pointer, "must be a finite number"));
            }
        } else if (!(values instanceof List<?> items) || items.size() != shape.dimension(0)) {
            violations.add(Problem.of(pointer, "must be an array of " + shape.dimension(0) + " items, "
                    + (values instanceof List<?> items ? "had " + items.size() : "was none")));
        } else {
            Shape inner = shape.withoutLeading(1);
            for (int i = 0; i < items.size(); i++) {
                flatten(items.get(i), inner, pointer + "/" + i, flat, offset + i * inner.size(), violations);
            }
        }
    }

    private static String layer(Symbol symbol) {
        return symbol.name().substring(0, symbol.name().indexOf('.'));
    }

    private static String letter(Symbol symbol) {
        return symbol.name().substring(symbol.name().indexOf('.') + 1);
    }
}
