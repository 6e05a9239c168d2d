package dev.nabla.imports.onnx;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import dev.nabla.onnx.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the operators of ONNX make of values. Numbers that meet an array become parameters, or constants if there is
 * one.
 */
final class Operators {

    /** How Nabla's own files call arrays that are no parameters. */
    private static final String CONSTANTS = "/constant_";

    private static final Pattern PRODUCT =
            Pattern.compile("(?<left>s?)(?<matrix>ij|ji),(?<right>s?)j(?<columns>k?)->(?<samples>s?)i(?<of>k?)");

    private final int operatorSet;
    private final Map<Symbol, double[]> parameters = new LinkedHashMap<>();

    Operators(int operatorSet) {
        this.operatorSet = operatorSet;
    }

    /** The numbers that became parameters. */
    Map<Symbol, double[]> parameters() {
        return parameters;
    }

    /**
     * The values that a node makes.
     *
     * @param operands those it reads; one that is left out is empty
     * @throws Refusal if it is none that models are made of here, or has attributes or operands that are not
     */
    List<Value> apply(String operator, List<Optional<Value>> operands, Attributes attributes, int results) {
        if (operator.equals("Split")) {
            return split(operands, attributes, results);
        }
        if (results != 1) {
            throw new Refusal("must have one result here, had " + results);
        }
        return List.of(switch (operator) {
            case "Constant" -> constant(attributes);
            case "Gemm" -> gemm(operands, attributes);
            case "MatMul" -> matrixProduct(array(operands, 0), numbers(operands, 1));
            case "Einsum" -> einsum(operands, attributes);
            case "Flatten" -> flatten(required(operands, 0), attributes);
            case "Reshape" -> reshape(required(operands, 0), numbers(operands, 1), attributes);
            case "Squeeze" -> squeeze(required(operands, 0), axes(operands, attributes));
            case "Unsqueeze" -> unsqueeze(required(operands, 0), axes(operands, attributes));
            case "Transpose" -> transpose(required(operands, 0), attributes);
            case "Concat" -> concat(operands, attributes);
            case "Gather" -> gather(required(operands, 0), numbers(operands, 1), attributes);
            case "Slice" -> slice(operands, attributes);
            case "Expand" -> expand(required(operands, 0), numbers(operands, 1));
            case "Shape" -> shape(array(operands, 0), attributes);
            case "Cast" -> cast(required(operands, 0), attributes);
            case "Dropout" -> dropout(operands, attributes);
            case "Clip" -> clip(operands, attributes);
            case "Softmax", "LogSoftmax" -> softmax(operator, array(operands, 0), attributes);
            case "Identity" -> required(operands, 0);
            default -> entrywise(operator, operands, attributes);
        });
    }

    /** The value that one of Nabla's own functions makes. */
    Value own(String function, List<Optional<Value>> operands, Attributes attributes) {
        if (operands.size() == 1 && required(operands, 0) instanceof Numbers numbers) {
            return folded(function, numbers, attributes);
        }
        return entrywise(operands, all -> EntrywiseOperators.own(function, all));
    }

    private static Value required(List<Optional<Value>> operands, int i) {
        return operands.size() > i ? operands.get(i).orElseThrow(() -> new Refusal("lacks operand " + i))
                : refuse("lacks operand " + i);
    }

    private static <T> T refuse(String detail) {
        throw new Refusal(detail);
    }

    private static Array array(List<Optional<Value>> operands, int i) {
        return required(operands, i) instanceof Array array ? array
                : refuse("must have something that depends on the inputs as operand " + i);
    }

    private static Numbers numbers(List<Optional<Value>> operands, int i) {
        return required(operands, i) instanceof Numbers numbers ? numbers
                : refuse("must have numbers of the file as operand " + i + ", not what depends on the inputs");
    }

    private static Optional<Value> optional(List<Optional<Value>> operands, int i) {
        return operands.size() > i ? operands.get(i) : Optional.empty();
    }

    // Numbers

    private static Numbers constant(Attributes attributes) {
        return attributes.tensor("value").map(tensor -> new Numbers("constant", Tensors.dimensions(tensor),
                Tensors.entries(tensor)))
                .or(() -> attributes.numbers("value_floats").map(all -> list(all.stream().mapToDouble(x -> x))))
                .or(() -> attributes.integers("value_ints").map(all -> list(all.stream().mapToDouble(x -> x))))
                .orElseGet(() -> {
                    double integer = attributes.integer("value_int", Long.MIN_VALUE);
                    double number = integer == Long.MIN_VALUE ? attributes.number("value_float", Double.NaN) : integer;
                    return Double.isNaN(number) ? refuse("has no value that is known here")
                            : new Numbers("constant", List.of(), new double[] {number});
                });
    }

    private static Numbers list(DoubleStream numbers) {
        double[] entries = numbers.toArray();
        return new Numbers("constant", List.of(entries.length), entries);
    }

    private static List<Integer> whole(Numbers numbers) {
        return IntStream.range(0, numbers.entries().length).mapToObj(i -> {
            double entry = numbers.entries()[i];
            return entry == Math.rint(entry) ? (int) Math.clamp(entry, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    : Operators.<Integer>refuse("must have whole numbers");
        }).toList();
    }

    /** The same numbers in the same shape are one parameter; other numbers of the same name have a name more. */
    private Expression parameter(Numbers numbers) {
        if (!DoubleStream.of(numbers.entries()).allMatch(Double::isFinite)) {
            throw new Refusal("has parameters that are not finite: " + numbers.name());
        }
        Shape shape = new Shape(numbers.dimensions());
        if (numbers.name().startsWith(CONSTANTS)) {
            return LinearAlgebra.array(shape, DoubleStream.of(numbers.entries()).mapToObj(Arithmetic::constant)
                    .toList());
        }
        var symbol = (Symbol) Arithmetic.symbol(numbers.name(), shape);
        for (int i = 2; !Arrays.equals(parameters.getOrDefault(symbol, numbers.entries()), numbers.entries()); i++) {
            symbol = (Symbol) Arithmetic.symbol(numbers.name() + "_" + i, shape);
        }
        parameters.put(symbol, numbers.entries());
        return symbol;
    }

    /** Numbers beside an array, in its shape: one for each entry are parameters, one for all is a constant. */
    private Expression besides(Numbers numbers, Shape shape) {
        List<Integer> dimensions = numbers.dimensionsOfRank(shape.rank());
        if (!shape.isScalar() && dimensions.equals(shape.dimensions())) {
            return parameter(numbers.withDimensions(dimensions));
        }
        if (!numbers.isOne() || numbers.dimensions().size() > shape.rank() + 1) {
            throw new Refusal("has numbers of the dimensions " + Value.inWords(numbers) + " beside what has " + shape);
        }
        return constant(numbers.entries()[0], shape);
    }

    private static Expression constant(double number, Shape shape) {
        return Double.isFinite(number) ? Arithmetic.constant(number, shape) : refuse("has a number that is not finite");
    }

    // Layers

    private Value gemm(List<Optional<Value>> operands, Attributes attributes) {
        double alpha = attributes.number("alpha", 1);
        double beta = attributes.number("beta", 1);
        attributes.require("transA", 0);
        boolean isTransposed = attributes.integer("transB", 0) != 0;
        Numbers matrix = numbers(operands, 1);
        Array product = matrixProduct(array(operands, 0), isTransposed ? transposed(matrix) : matrix);
        Expression scaled = times(alpha, product.expression());
        return new Array(optional(operands, 2).map(bias -> Arithmetic.sum(scaled, times(beta,
                bias instanceof Numbers numbers
                ? besides(numbers, scaled.shape()) : ((Array) bias).expression()))).orElse(scaled));
    }

    private static Expression times(double factor, Expression value) {
        return factor == 1 ? value : Arithmetic.product(constant(factor, value.shape()), value);
    }

    private static Numbers transposed(Numbers matrix) {
        return matrix.dimensions().size() == 2 ? matrix.transposed() : refuse("must have a matrix as operand 1");
    }

    /** Of rows by a matrix: of each row, as a vector, the transposed matrix by it. */
    private Array matrixProduct(Array rows, Numbers matrix) {
        int rank = matrix.dimensions().size();
        if (!rows.shape().isVector() || rank < 1 || rank > 2 || matrix.dimensions().getFirst() != rows.shape().size()) {
            throw new Refusal("must multiply rows by a matrix that fits them, had " + rows + " by "
                    + Value.inWords(matrix));
        }
        if (rank == 1) {
            return new Array(LinearAlgebra.dot(parameter(matrix), rows.expression()));
        }
        return new Array(LinearAlgebra.matrixProduct(parameter(untransposed(matrix)), rows.expression()));
    }

    /** The transpose of a transpose is called by the name of what is in the file. */
    private static Numbers untransposed(Numbers matrix) {
        Numbers result = matrix.transposed();
        return result.name().endsWith("^T^T") ? new Numbers(result.name().replace("^T^T", ""), result.dimensions(),
                result.entries())
                : result;
    }

    /** A product of two matrices or of a matrix by a vector, as Nabla's own files have it: s are samples. */
    private Value einsum(List<Optional<Value>> operands, Attributes attributes) {
        String equation = attributes.text("equation", "").replace(" ", "");
        Matcher product = PRODUCT.matcher(equation);
        boolean isProduct = operands.size() == 2 && product.matches() && product.group("columns")
                .equals(product.group("of"))
                && product.group("samples").isEmpty() == (product.group("left") + product.group("right")).isEmpty();
        if (!isProduct) {
            throw new Refusal("must be a product of matrices, as sij,sjk->sik, was '" + equation + "'");
        }
        Value left = requireAxes(required(operands, 0), product.group("left"), 2);
        Value right = requireAxes(required(operands, 1), product.group("right"), 1 + product.group("columns").length());
        boolean isTransposed = product.group("matrix").equals("ji");
        if (left instanceof Numbers matrix && right instanceof Numbers other) {
            return multiplied(isTransposed ? matrix.transposed() : matrix, other);
        }
        Expression matrix = expression(left);
        return new Array(LinearAlgebra.matrixProduct(isTransposed ? LinearAlgebra.transpose(matrix) : matrix,
                expression(right)));
    }

    private static Value requireAxes(Value value, String samples, int rank) {
        int found = value instanceof Array array ? array.shape().rank() : ((Numbers) value).dimensions().size();
        return found == rank && value instanceof Array != samples.isEmpty() ? value
                : refuse("must have operands with the axes that it names, had " + Value.inWords(value));
    }

    private Expression expression(Value value) {
        return switch (value) {
            case Array array -> array.expression();
            case Numbers numbers -> parameter(numbers);
        };
    }

    private static Numbers multiplied(Numbers matrix, Numbers right) {
        int rows = matrix.dimensions().get(0);
        int inner = matrix.dimensions().get(1);
        int columns = right.dimensions().size() == 1 ? 1 : right.dimensions().get(1);
        if (right.dimensions().getFirst() != inner) {
            throw new Refusal("must multiply what fits, had " + Value.inWords(matrix) + " by " + Value.inWords(right));
        }
        Work.spend((double) rows * inner * columns);
        Work.hold(Place.HEAP, (long) rows * columns * Double.BYTES);
        var entries = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < entries.length; i++) {
            for (int j = 0; j < inner; j++) {
                entries[i] += matrix.entries()[i / columns * inner + j] * right.entries()[j * columns + i % columns];
            }
        }
        return new Numbers(matrix.name(), right.dimensions().size() == 1 ? List.of(rows) : List.of(rows, columns),
                entries);
    }

    // Entry by entry

    private static Numbers folded(String operator, Numbers x, Numbers y) {
        if (!x.isOne() && !y.isOne() && !x.dimensions().equals(y.dimensions())) {
            throw new Refusal("must have numbers of the same dimensions, had " + Value.inWords(x) + " and "
                    + Value.inWords(y));
        }
        Numbers larger = x.dimensions().size() < y.dimensions().size() || x.isOne() && !y.isOne() ? y : x;
        var entries = new double[larger.entries().length];
        for (int i = 0; i < entries.length; i++) {
            double left = x.entries()[x.isOne() ? 0 : i];
            double right = y.entries()[y.isOne() ? 0 : i];
            entries[i] = switch (operator) {
                case "Add" -> left + right;
                case "Sub" -> left - right;
                case "Mul" -> left * right;
                case "Div" -> left / right;
                default -> throw new Refusal("must have something that depends on the inputs among its operands");
            };
        }
        return new Numbers(larger.name(), larger.dimensions(), entries);
    }

    /** Of some operands, as expressions of one shape. */
    private interface OfExpressions {

        Expression of(List<Expression> operands);
    }

    private Value entrywise(String operator, List<Optional<Value>> operands, Attributes attributes) {
        Optional<BinaryOperator<Expression>> ofTwo = EntrywiseOperators.ofTwo(operator);
        if (ofTwo.isPresent()) {
            if (operands.size() < 2) {
                throw new Refusal("must have two operands or more, had " + operands.size());
            }
            return operands.stream().allMatch(operand -> operand.isPresent() && operand.get() instanceof Numbers)
                    ? folded(operator, numbers(operands, 0), numbers(operands, 1))
                    : entrywise(operands, all -> all.stream().reduce(ofTwo.get()).orElseThrow());
        }
        if (operands.size() != 1) {
            throw new Refusal("is no operator that models are made of here");
        }
        return switch (required(operands, 0)) {
            case Numbers numbers -> folded(operator, numbers, attributes);
            case Array array -> new Array(EntrywiseOperators.apply(operator, attributes, array.expression())
                    .orElseThrow(() -> new Refusal("is no operator that models are made of here")));
        };
    }

    private static Numbers folded(String operator, Numbers x, Attributes attributes) {
        return new Numbers(x.name(), x.dimensions(), DoubleStream.of(x.entries())
                .map(EntrywiseOperators.ofNumbers(operator, attributes)
                .orElseThrow(() -> new Refusal("must have something that depends on the inputs as operand 0")))
                .toArray());
    }

    private Value entrywise(List<Optional<Value>> operands, OfExpressions function) {
        List<Value> all = IntStream.range(0, operands.size()).mapToObj(i -> required(operands, i)).toList();
        Shape shape = all.stream().filter(value -> value instanceof Array).map(value -> ((Array) value).shape())
                .reduce((x, y) -> x.size() >= y.size() ? x : y)
                .orElseThrow(() -> new Refusal("must have something that depends on the inputs among its operands"));
        return new Array(function.of(all.stream().map(value -> spread(value, shape)).toList()));
    }

    private Expression spread(Value value, Shape shape) {
        return switch (value) {
            case Numbers numbers -> besides(numbers, shape);
            case Array array when array.shape().equals(shape) -> array.expression();
            case Array array when array.shape().isVector() && array.shape().size() == 1 && shape.isVector() ->
                LinearAlgebra.broadcast(LinearAlgebra.entry(array.expression(), 0), shape);
            case Array array -> refuse("has operands that do not fit: " + array + " and (samples, " + shape + ")");
        };
    }

    private Value clip(List<Optional<Value>> operands, Attributes attributes) {
        Array x = array(operands, 0);
        Optional<Value> low = optional(operands, 1).or(() -> bound(attributes, "min"));
        Optional<Value> high = optional(operands, 2).or(() -> bound(attributes, "max"));
        Value above = low.map(bound -> entrywise("Max", List.of(Optional.of(x), Optional.of(bound)), attributes))
                .orElse(x);
        return high.map(bound -> entrywise("Min", List.of(Optional.of(above), Optional.of(bound)), attributes))
                .orElse(above);
    }

    private static Optional<Value> bound(Attributes attributes, String name) {
        double bound = attributes.number(name, Double.NaN);
        return Double.isNaN(bound) || Math.abs(bound) > Float.MAX_VALUE / 2 ? Optional.empty()
                : Optional.of(new Numbers(name, List.of(), new double[] {bound}));
    }

    private Value softmax(String operator, Array x, Attributes attributes) {
        requireRow(x, attributes.integer("axis", operatorSet < 13 ? 1 : -1));
        return new Array(EntrywiseOperators.softmax(operator, x.expression()));
    }

    private static void requireRow(Array x, long axis) {
        if (!x.shape().isVector() || axis != 1 && axis != -1) {
            throw new Refusal("must work along the entries of a row, axis 1 or -1, had axis " + axis + " of " + x);
        }
    }

    private static Value dropout(List<Optional<Value>> operands, Attributes attributes) {
        attributes.number("ratio", 0.5);
        attributes.integer("seed", 0);
        attributes.require("training_mode", 0);
        if (optional(operands, 2).isPresent() && !(numbers(operands, 2).entries()[0] == 0)) {
            throw new Refusal("must not be in training: export the model for evaluation");
        }
        return required(operands, 0);
    }

    private static Value cast(Value value, Attributes attributes) {
        long type = attributes.integer("to", 0);
        attributes.integer("saturate", 1);
        boolean isReal = type == 1 || type == 11;
        return value instanceof Numbers || isReal ? value : refuse("must be to float or double, was to type " + type);
    }

    // Shapes

    private List<Integer> axes(List<Optional<Value>> operands, Attributes attributes) {
        Optional<List<Long>> given = attributes.integers("axes");
        return given.map(all -> all.stream().map(Math::toIntExact).toList()).or(() -> optional(operands, 1)
                .map(value -> value instanceof Numbers numbers ? whole(numbers)
                : Operators.<List<Integer>>refuse("must have axes "
                        + "that are in the file"))).orElseThrow(() -> new Refusal("must say which axes"));
    }

    private static Value flatten(Value value, Attributes attributes) {
        long axis = attributes.integer("axis", 1);
        return value instanceof Array array && axis == 1 ? flat(array)
                : refuse("must keep the axis of samples: axis = 1");
    }

    private static Array flat(Array array) {
        return array.shape().isVector() ? array : new Array(LinearAlgebra.stack(entries(array.expression())));
    }

    /** All scalars, row-major. */
    private static List<Expression> entries(Expression array) {
        return IntStream.range(0, array.shape().size()).mapToObj(i -> LinearAlgebra.entry(array, array.shape()
                .index(i))).toList();
    }

    private static Value reshape(Value value, Numbers target, Attributes attributes) {
        attributes.require("allowzero", 0);
        if (value instanceof Numbers numbers) {
            List<Integer> dimensions = inferred(whole(target), numbers.entries().length);
            return numbers.withDimensions(dimensions);
        }
        Array array = (Array) value;
        int size = array.shape().size();
        double[] entries = target.entries();
        boolean isRow = entries.length == 2 && (entries[1] == size || entries[1] == -1 && entries[0] != -1
                || entries[1] == 0 && array.shape().isVector()) && !(entries[0] > 1);
        if (isRow) {
            return flat(array);
        }
        boolean isScalar = entries.length == 1 && size == 1 && !(entries[0] > 1);
        return isScalar ? new Array(entries(array.expression()).getFirst())
                : refuse("must make a row of all " + size + " entries for every sample, as to (-1, " + size + ")");
    }

    private static List<Integer> inferred(List<Integer> dimensions, int size) {
        long known = dimensions.stream().filter(dimension -> dimension >= 0).mapToLong(dimension -> dimension)
                .reduce(1, (product, dimension) -> Math.min(product * dimension, 1L << 40));
        List<Integer> all = dimensions.stream().map(dimension -> dimension == -1 && known > 0 ? (int) (size / known)
                : dimension).toList();
        long product = all.stream().mapToLong(dimension -> dimension).reduce(1, (x, y) -> Math.clamp(x * y, -1,
                1L << 40));
        return all.stream().allMatch(dimension -> dimension > 0) && product == size ? all
                : refuse("must keep all " + size + " numbers, made " + dimensions);
    }

    private static Value squeeze(Value value, List<Integer> axes) {
        if (value instanceof Numbers numbers) {
            var dimensions = new ArrayList<>(numbers.dimensions());
            for (int axis : axes) {
                int place = axis < 0 ? axis + numbers.dimensions().size() : axis;
                if (place < 0 || place >= dimensions.size() || numbers.dimensions().get(place) != 1) {
                    throw new Refusal("must take away axes of length 1");
                }
                dimensions.set(place, -1);
            }
            return numbers.withDimensions(dimensions.stream().filter(dimension -> dimension >= 0).toList());
        }
        Array array = (Array) value;
        boolean isFirst = axes.size() == 1 && (axes.getFirst() == 1 || axes.getFirst() == -array.shape().rank());
        return isFirst && !array.shape().isScalar() && array.shape().dimension(0) == 1
                ? new Array(LinearAlgebra.entry(array.expression(), 0))
                : refuse("must take away axis 1 of length 1, had " + axes + " of " + array);
    }

    private static Value unsqueeze(Value value, List<Integer> axes) {
        if (value instanceof Numbers numbers) {
            var dimensions = new ArrayList<>(numbers.dimensions());
            int rank = dimensions.size() + axes.size();
            axes.stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().forEach(axis -> {
                if (axis < 0 || axis > dimensions.size()) {
                    throw new Refusal("has axes beyond those there are");
                }
                dimensions.add(axis, 1);
            });
            return numbers.withDimensions(dimensions);
        }
        Array array = (Array) value;
        boolean isFirst = axes.size() == 1 && (axes.getFirst() == 1 || axes.getFirst() == -1 - array.shape().rank());
        return isFirst && array.shape().rank() < 2 ? new Array(LinearAlgebra.stack(List.of(array.expression())))
                : refuse("must make a new axis 1, had " + axes + " of " + array);
    }

    private static Value transpose(Value value, Attributes attributes) {
        Optional<List<Long>> order = attributes.integers("perm");
        if (value instanceof Numbers numbers && numbers.dimensions().size() == 2 && order.orElse(List.of(1L, 0L))
                .equals(List.of(1L, 0L))) {
            return numbers.transposed();
        }
        List<Long> same = value instanceof Array array ? IntStream.rangeClosed(0, array.shape().rank()).mapToObj(i ->
                (long) i).toList()
                : List.of();
        return order.isPresent() && order.get().equals(same) ? value : refuse("must be of a matrix of the file, had "
                + Value.inWords(value));
    }

    private Value concat(List<Optional<Value>> operands, Attributes attributes) {
        long axis = attributes.integer("axis", 1);
        List<Value> all = IntStream.range(0, operands.size()).mapToObj(i -> required(operands, i)).toList();
        if (all.stream().allMatch(value -> value instanceof Numbers numbers && numbers.dimensions().size() == 1)) {
            return list(all.stream().flatMapToDouble(value -> DoubleStream.of(((Numbers) value).entries())));
        }
        if (axis == 0 && all.stream().allMatch(value -> value instanceof Numbers)) {
            return joined(all.stream().map(value -> (Numbers) value).toList());
        }
        var parts = new ArrayList<Expression>();
        for (Value value : all) {
            if (!(value instanceof Array array) || array.shape().isScalar() || axis != 1 && axis != -array.shape()
                    .rank()) {
                throw new Refusal("must put rows side by side, along axis 1 or -1, had axis " + axis + " of "
                        + Value.inWords(value));
            }
            IntStream.range(0, array.shape().dimension(0)).forEach(i ->
                    parts.add(LinearAlgebra.entry(array.expression(), i)));
        }
        return new Array(LinearAlgebra.stack(parts));
    }

    /** Numbers one after the other along their first axis. */
    private static Numbers joined(List<Numbers> parts) {
        List<Integer> inner = parts.getFirst().dimensions();
        if (inner.isEmpty() || parts.stream().anyMatch(part -> part.dimensions().size() != inner.size()
                || !part.dimensions().subList(1, inner.size()).equals(inner.subList(1, inner.size())))) {
            throw new Refusal("must put together what differs in the first axis only");
        }
        var dimensions = new ArrayList<>(inner);
        dimensions.set(0, parts.stream().mapToInt(part -> part.dimensions().getFirst()).sum());
        return new Numbers(parts.getFirst().name(), dimensions,
                parts.stream().flatMapToDouble(part -> DoubleStream.of(part.entries())).toArray());
    }

    private static Value gather(Value value, Numbers index, Attributes attributes) {
        long axis = attributes.integer("axis", 0);
        if (value instanceof Numbers numbers && !numbers.dimensions().isEmpty() && axis == 0 && index.isOne()) {
            int rows = numbers.dimensions().getFirst();
            int row = position(whole(index).getFirst(), rows);
            int size = numbers.entries().length / rows;
            List<Integer> inner = numbers.dimensions().subList(1, numbers.dimensions().size());
            return new Numbers(numbers.name(), Stream.concat(index.dimensions().stream(), inner.stream()).toList(),
                    Arrays.copyOfRange(numbers.entries(), row * size, (row + 1) * size));
        }
        if (!(value instanceof Array array) || array.shape().isScalar() || axis != 1 && axis != -array.shape().rank()
                || index.dimensions().size() > 1) {
            throw new Refusal("must take entries of rows, along axis 1 or -1, had axis " + axis + " of "
                    + Value.inWords(value));
        }
        int length = array.shape().dimension(0);
        List<Expression> parts = whole(index).stream().map(i -> LinearAlgebra.entry(array.expression(), position(i,
                length))).toList();
        return new Array(index.dimensions().isEmpty() ? parts.getFirst() : stacked(parts));
    }

    private static int position(int index, int length) {
        int position = index < 0 ? index + length : index;
        return position >= 0 && position < length ? position : refuse("takes entry " + index + " of " + length);
    }

    private static Expression stacked(List<Expression> parts) {
        return parts.isEmpty() ? refuse("must leave something") : LinearAlgebra.stack(parts);
    }

    private Value slice(List<Optional<Value>> operands, Attributes attributes) {
        Array array = array(operands, 0);
        int from = bound(operands, 1, attributes, "starts");
        int to = bound(operands, 2, attributes, "ends");
        int axis = operands.size() > 3 && operands.get(3).isPresent() ? one(numbers(operands, 3))
                : attributes.integers("axes").map(axes -> Math.toIntExact(axes.getFirst())).orElse(0);
        int step = operands.size() > 4 && operands.get(4).isPresent() ? one(numbers(operands, 4)) : 1;
        if (array.shape().isScalar() || axis != 1 && axis != -array.shape().rank() || step < 1) {
            throw new Refusal("must take entries of rows, along axis 1 or -1 and forwards, had axis " + axis + " of "
                    + array);
        }
        int length = array.shape().dimension(0);
        int first = Math.clamp(from < 0 ? (long) from + length : from, 0, length);
        int end = Math.clamp(to < 0 ? (long) to + length : to, 0, length);
        var parts = new ArrayList<Expression>();
        for (int i = first; i < end; i += step) {
            parts.add(LinearAlgebra.entry(array.expression(), i));
        }
        return new Array(stacked(parts));
    }

    private static int bound(List<Optional<Value>> operands, int i, Attributes attributes, String name) {
        return attributes.integers(name).map(all -> all.size() == 1 ? Math.clamp(all.getFirst(), Integer.MIN_VALUE,
                Integer.MAX_VALUE) : Operators.<Integer>refuse("must be along one axis")).orElseGet(() ->
                one(numbers(operands, i)));
    }

    private static int one(Numbers numbers) {
        return numbers.isOne() ? whole(numbers).getFirst() : refuse("must be along one axis");
    }

    private static List<Value> split(List<Optional<Value>> operands, Attributes attributes, int results) {
        Array array = array(operands, 0);
        requireRow(array, attributes.integer("axis", 0));
        attributes.require("num_outputs", results);
        int length = array.shape().size();
        int equal = (length + results - 1) / results;
        List<Integer> sizes = attributes.integers("split").map(all -> all.stream().map(Math::toIntExact).toList())
                .or(() -> optional(operands, 1).map(_ -> whole(numbers(operands, 1))))
                .orElseGet(() -> IntStream.range(0, results).mapToObj(i -> Math.min(equal, length - i * equal))
                .toList());
        if (sizes.size() != results || sizes.stream().anyMatch(size -> size < 1)
                || sizes.stream().mapToLong(size -> size).sum() != length) {
            throw new Refusal("must split a row of " + length + " into " + results + " parts, had " + sizes);
        }
        var parts = new ArrayList<Value>();
        int from = 0;
        for (int size : sizes) {
            int first = from;
            parts.add(new Array(LinearAlgebra.stack(IntStream.range(first, first + size)
                    .mapToObj(i -> LinearAlgebra.entry(array.expression(), i)).toList())));
            from += size;
        }
        return parts;
    }

    /** To an array for every sample; of all axes only those of length 1 are repeated. */
    private Value expand(Value value, Numbers target) {
        double[] dimensions = target.entries();
        if (value instanceof Numbers numbers && numbers.isOne() && DoubleStream.of(dimensions)
                .noneMatch(Double::isNaN)) {
            List<Integer> all = inferred(whole(target), (int) Math.min(Tensors.MOST_ENTRIES, DoubleStream.of(dimensions)
                    .reduce(1, (x, y) -> x * y)));
            int size = all.stream().reduce(1, (x, y) -> x * y);
            Work.hold(Place.HEAP, (long) size * Double.BYTES);
            var entries = new double[size];
            Arrays.fill(entries, numbers.entries()[0]);
            return new Numbers(CONSTANTS, all, entries);
        }
        if (dimensions.length == 0 || !(value instanceof Numbers && Double.isNaN(dimensions[0])
                || value instanceof Array && dimensions[0] == 1)
                || !Arrays.stream(dimensions).skip(1).allMatch(dimension -> dimension >= 1
                && dimension <= Integer.MAX_VALUE)) {
            throw new Refusal("must repeat numbers for every sample, or an array along its axes");
        }
        Shape shape = Shape.of(Arrays.stream(dimensions).skip(1).mapToInt(dimension -> (int) dimension).toArray());
        if (value instanceof Numbers numbers) {
            return new Array(besides(numbers, shape));
        }
        Array array = (Array) value;
        return array.shape().size() == 1 && array.shape().rank() == shape.rank()
                ? new Array(LinearAlgebra.broadcast(entries(array.expression()).getFirst(), shape))
                : refuse("must repeat one number, had " + array);
    }

    /** The number of samples is NaN, as it is not known. */
    private static Numbers shape(Array array, Attributes attributes) {
        double[] all = DoubleStream.concat(DoubleStream.of(Double.NaN), array.shape().dimensions().stream()
                .mapToDouble(x -> x)).toArray();
        int from = Math.clamp(fromEnd(attributes.integer("start", 0), all.length), 0, all.length);
        int to = Math.clamp(fromEnd(attributes.integer("end", all.length), all.length), from, all.length);
        return list(Arrays.stream(all, from, to));
    }

    private static long fromEnd(long position, int length) {
        return position < 0 ? position + length : position;
    }
}
