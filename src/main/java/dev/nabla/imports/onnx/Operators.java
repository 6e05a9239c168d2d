package dev.nabla.imports.onnx;

import static dev.nabla.imports.onnx.Operands.array;
import static dev.nabla.imports.onnx.Operands.list;
import static dev.nabla.imports.onnx.Operands.numbers;
import static dev.nabla.imports.onnx.Operands.optional;
import static dev.nabla.imports.onnx.Operands.refuse;
import static dev.nabla.imports.onnx.Operands.required;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import dev.nabla.onnx.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the operators of ONNX make of values. */
final class Operators {

    private final int operatorSet;
    private final Parameters parameters = new Parameters();
    private final ProductOperators products = new ProductOperators(parameters);
    private final ShapeOperators shapes = new ShapeOperators(parameters);

    Operators(int operatorSet) {
        this.operatorSet = operatorSet;
    }

    /** The numbers that became parameters. */
    Map<Symbol, double[]> parameters() {
        return parameters.all();
    }

    /**
     * The values that a node makes.
     *
     * @param operands those it reads; one that is left out is empty
     * @throws Refusal if it is none that models are made of here, or has attributes or operands that are not
     */
    List<Value> apply(String operator, List<Optional<Value>> operands, Attributes attributes, int results) {
        if (operator.equals("Split")) {
            return ShapeOperators.split(operands, attributes, results);
        }
        if (results != 1) {
            throw new Refusal("must have one result here, had " + results);
        }
        return List.of(switch (operator) {
            case "Constant" -> constant(attributes);
            case "Gemm" -> products.gemm(operands, attributes);
            case "MatMul" -> products.matrixProduct(array(operands, 0), numbers(operands, 1));
            case "Einsum" -> products.einsum(operands, attributes);
            case "Flatten" -> ShapeOperators.flatten(required(operands, 0), attributes);
            case "Reshape" -> ShapeOperators.reshape(required(operands, 0), numbers(operands, 1), attributes);
            case "Squeeze" -> ShapeOperators.squeeze(required(operands, 0), shapes.axes(operands, attributes));
            case "Unsqueeze" -> ShapeOperators.unsqueeze(required(operands, 0), shapes.axes(operands, attributes));
            case "Transpose" -> ShapeOperators.transpose(required(operands, 0), attributes);
            case "Concat" -> shapes.concat(operands, attributes);
            case "Gather" -> ShapeOperators.gather(required(operands, 0), numbers(operands, 1), attributes);
            case "Slice" -> shapes.slice(operands, attributes);
            case "Expand" -> shapes.expand(required(operands, 0), numbers(operands, 1));
            case "Shape" -> ShapeOperators.shape(array(operands, 0), attributes);
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
            case Numbers numbers -> parameters.besides(numbers, shape);
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
        ShapeOperators.requireRow(x, attributes.integer("axis", operatorSet < 13 ? 1 : -1));
        return new Array(EntrywiseOperators.softmax(operator, x.expression()));
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
}
