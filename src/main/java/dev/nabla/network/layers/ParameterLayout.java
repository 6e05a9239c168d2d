package dev.nabla.network.layers;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.ShapeException;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parameters of a network and their places in one flat vector: layer after layer, weights before bias, matrices
 * row-major. Outside they are arrays and numbers by the names of their paths, in maps of maps:
 * {@code {"L1": {"W": [[…]], "b": […]}, …}}.
 */
public final class ParameterLayout {

    /** The most entries that may be written as one vector. */
    private static final int MAX_VECTOR = 100_000;

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

    /** The flat vector of all entries as one expression, in their order. */
    public static Expression vector(List<Symbol> symbols) {
        long entries = symbols.stream().mapToLong(symbol -> symbol.shape().size()).sum();
        if (entries > MAX_VECTOR) {
            throw new ShapeException("a vector of " + entries + " parameters is longer than " + MAX_VECTOR);
        }
        if (entries == 0) {
            throw new ShapeException("there are no parameters");
        }
        return LinearAlgebra.stack(symbols.stream().flatMap(symbol -> IntStream.range(0, symbol.shape().size())
                .mapToObj(i -> LinearAlgebra.entry(symbol, symbol.shape().index(i)))).toList());
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

    /** Numbers and lists (of lists) of numbers in maps by the names of their paths. */
    public Map<String, Object> nest(double[] flat) {
        Map<String, Object> nested = new LinkedHashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            List<String> path = path(symbols.get(i));
            Map<String, Object> inner = nested;
            for (String name : path.subList(0, path.size() - 1)) {
                inner = inner(inner, name);
            }
            inner.put(path.getLast(), values(symbols.get(i).shape(), flat, offsets.get(i)));
        }
        return nested;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> nested, String name) {
        return (Map<String, Object>) nested.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    }

    /** The values of the parameter of this number, which begin at an offset. */
    Object nested(int parameter, double[] numbers, int offset) {
        return values(symbols.get(parameter).shape(), numbers, offset);
    }

    private static Object values(Shape shape, double[] flat, int offset) {
        return shape.isScalar() ? flat[offset] : nest(shape, flat, offset);
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
     * The flat vector of nested values. What is not trainable may be left out and has its initial value then.
     *
     * @param nested numbers and lists (of lists) of numbers in maps by the names of their paths
     * @throws InvalidException with every name, length and number that does not fit, and all that is missing; its pointers
     *     begin at {@code nested}
     */
    public double[] flatten(Map<String, ?> nested) {
        return flatten(nested, Optional.empty());
    }

    /**
     * The same where what is missing has other values.
     *
     * @param others the flat vector of these
     */
    public double[] flatten(Map<String, ?> nested, double[] others) {
        return flatten(nested, Optional.of(others));
    }

    private double[] flatten(Map<String, ?> nested, Optional<double[]> others) {
        var violations = new ArrayList<Problem>();
        addForeign(nested, List.of(), violations);
        List<String> wrong = violations.stream().map(problem -> problem.pointer() + "/").toList();
        double[] flat = others.map(double[]::clone).orElseGet(() -> new double[size]);
        for (int i = 0; i < symbols.size(); i++) {
            Shape shape = symbols.get(i).shape();
            List<String> path = path(symbols.get(i));
            String pointer = pointer(path);
            Optional<?> values = find(nested, path);
            if (values.isPresent()) {
                flatten(values.get(), shape, pointer, flat, offsets.get(i), violations);
            } else if (others.isEmpty() && !parameters.get(i).isTrainable()) {
                setInitial(i, flat);
            } else if (others.isEmpty() && wrong.stream().noneMatch(pointer::startsWith)) {
                violations.add(Problem.of(pointer, "is missing, must "
                        + (shape.isScalar() ? "be a number" : "have shape " + shape)));
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
        return flat;
    }

    private void setInitial(int parameter, double[] flat) {
        ImmutableDoubleArray initial = parameters.get(parameter).coefficient().orElseThrow().initial();
        for (int i = 0; i < initial.length(); i++) {
            flat[offset(parameter) + i] = initial.get(i);
        }
    }

    /** What is beyond the bounds of coefficients, with pointers into nested values. */
    public List<Problem> problemsOfBounds(double[] flat) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < parameters.size(); i++) {
            Optional<Parameter.Setting> setting = parameters.get(i).coefficient().filter(Parameter.Setting::isBounded);
            if (setting.isPresent()) {
                addProblemsOfBounds(i, setting.get(), flat, problems);
            }
        }
        return problems;
    }

    private void addProblemsOfBounds(int parameter, Parameter.Setting setting, double[] flat, List<Problem> problems) {
        Shape shape = symbols.get(parameter).shape();
        for (int i = 0; i < shape.size(); i++) {
            double value = flat[offset(parameter) + i];
            if (!(value >= setting.min() && value <= setting.max())) {
                problems.add(Problem.of(pointer(path(symbols.get(parameter))) + shape.index(i).stream()
                        .map(index -> "/" + index).collect(Collectors.joining()), "must be "
                        + Stream.of(setting.min() > Double.NEGATIVE_INFINITY ? "at least " + setting.min() : "",
                                setting.max() < Double.POSITIVE_INFINITY ? "at most " + setting.max() : "")
                                .filter(limit -> !limit.isEmpty()).collect(Collectors.joining(" and ")) + ", was " + value));
                return;
            }
        }
    }

    private static Optional<?> find(Map<String, ?> nested, List<String> path) {
        Object found = nested;
        for (String name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(found);
    }

    /** Adds what no path leads to, and what is no object though paths lead through it. */
    private void addForeign(Map<?, ?> nested, List<String> around, List<Problem> violations) {
        nested.forEach((name, values) -> {
            List<String> path = Stream.concat(around.stream(), Stream.of(String.valueOf(name))).toList();
            List<List<String>> below = symbols.stream().map(ParameterLayout::path)
                    .filter(known -> known.size() >= path.size() && known.subList(0, path.size()).equals(path)).toList();
            if (below.isEmpty()) {
                violations.add(Problem.of(pointer(path), "is no parameter of the network"));
            } else if (!below.contains(path)) {
                if (values instanceof Map<?, ?> inner) {
                    addForeign(inner, path, violations);
                } else {
                    violations.add(Problem.of(pointer(path), "must be an object"));
                }
            }
        });
    }

    private static String pointer(List<String> path) {
        return path.stream().map(name -> "/" + Problem.token(name)).collect(Collectors.joining());
    }

    private static List<String> path(Symbol symbol) {
        return List.of(symbol.name().split("\\."));
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
}
