package dev.nabla.imports.onnx;

import static dev.nabla.imports.onnx.Operands.refuse;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Numbers that meet an array: they become parameters, or constants if there is one. */
final class Parameters {

    /** How Nabla's own files call arrays that are no parameters. */
    static final String CONSTANTS = "/constant_";

    private final Map<Symbol, double[]> parameters = new LinkedHashMap<>();

    /** The numbers that became parameters. */
    Map<Symbol, double[]> all() {
        return parameters;
    }

    /** The same numbers in the same shape are one parameter; other numbers of the same name have a name more. */
    Expression parameter(Numbers numbers) {
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
    Expression besides(Numbers numbers, Shape shape) {
        List<Integer> dimensions = numbers.dimensionsOfRank(shape.rank());
        if (!shape.isScalar() && dimensions.equals(shape.dimensions())) {
            return parameter(numbers.withDimensions(dimensions));
        }
        if (!numbers.isOne() || numbers.dimensions().size() > shape.rank() + 1) {
            throw new Refusal("has numbers of the dimensions " + Value.inWords(numbers) + " beside what has " + shape);
        }
        return constant(numbers.entries()[0], shape);
    }

    static Expression constant(double number, Shape shape) {
        return Double.isFinite(number) ? Arithmetic.constant(number, shape) : refuse("has a number that is not finite");
    }

    Expression expression(Value value) {
        return switch (value) {
            case Array array -> array.expression();
            case Numbers numbers -> parameter(numbers);
        };
    }
}
