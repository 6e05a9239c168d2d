package dev.nabla.rendering;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.Scalarisation;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of expressions from their scalar graph, where the values of symbols are row-major. */
public final class Values {

    private Values() {}

    /** The row-major entries. */
    static double[] of(Expression expression, Map<String, double[]> symbols) {
        return of(expression, symbols, 0);
    }

    /** @param error the relative error of every sum */
    private static double[] of(Expression expression, Map<String, double[]> symbols, double error) {
        List<Expression> entries = Scalarisation.of(List.of(expression)).get(expression);
        Map<Expression, Double> values = ofNodes(entries, symbols, error);
        return entries.stream().mapToDouble(values::get).toArray();
    }

    /** Whether every part of it has a value: the step of what is none is 0, and the arc tangent of an infinity is finite. */
    public static boolean isDefined(Expression expression, Map<String, double[]> symbols) {
        return ofNodes(Scalarisation.of(List.of(expression)).get(expression), symbols, 0).values().stream().allMatch(Double::isFinite);
    }

    private static Map<Expression, Double> ofNodes(List<Expression> entries, Map<String, double[]> symbols, double error) {
        var values = new HashMap<Expression, Double>();
        for (Expression node : Graph.topologicalOrder(entries)) {
            if (node.isScalar()) {
                List<Double> operands = node instanceof Norm norm ? vector(norm.operand(), values, symbols)
                        : node.operands().stream().map(values::get).toList();
                values.put(node, value(node, operands, symbols, error));
            }
        }
        return values;
    }

    private static List<Double> vector(Expression vector, Map<Expression, Double> values, Map<String, double[]> symbols) {
        return switch (vector) {
            case Stack s -> s.parts().stream().map(values::get).toList();
            case Constant c -> Collections.nCopies(c.shape().size(), c.value());
            case Symbol s -> Arrays.stream(symbols.get(s.name())).boxed().toList();
            case Entry e when e.operand() instanceof Symbol s -> {
                int from = s.shape().withoutTrailing(1).offset(e.index()) * e.shape().size();
                yield Arrays.stream(symbols.get(s.name()), from, from + e.shape().size()).boxed().toList();
            }
            default -> throw new IllegalArgumentException("no vector of scalars: " + vector);
        };
    }

    private static double value(Expression node, List<Double> operands, Map<String, double[]> symbols,
            double error) {
        return switch (node) {
            case Constant c -> c.value();
            case Symbol s -> symbols.get(s.name())[0];
            case Norm _ -> operands.stream().reduce(0.0, Math::hypot) * (1 + error);
            case Entry e when e.operand() instanceof Symbol s -> symbols.get(s.name())[s.shape().offset(e.index())];
            case Apply a -> a.function().value(operands.getFirst());
            case Sum _ -> operands.stream().mapToDouble(x -> x).sum() * (1 + error);
            case Product _ -> operands.stream().reduce(1.0, (x, y) -> x * y);
            case Power _ -> Math.pow(operands.get(0), operands.get(1));
            case ApplyBinary a -> a.function().value(operands.get(0), operands.get(1));
            case Select _ -> operands.get(0) == 0 ? operands.get(2) : Double.isNaN(operands.get(0)) ? operands.get(0)
                    : operands.get(1);
            default -> throw new IllegalArgumentException("not scalar: " + node);
        };
    }

    /**
     * For every entry, row-major, whether it is worth comparing: whether it is finite and changes little when the values
     * of all symbols and sums do, so that another order of rounding would hardly change it. An infinity in a system of
     * equations is one or not a number in its solution, by the order of what is done; 1 to the power of what is not a number is
     * 1 or not a number, by the language.
     */
    public static boolean[] areWellConditioned(Expression expression, Map<String, double[]> symbols) {
        double[] exact = of(expression, symbols);
        if (Graph.topologicalOrder(List.of(expression)).stream().anyMatch(node -> node instanceof Solve system
                && system.operands().stream().anyMatch(operand -> Arrays.stream(of(operand, symbols)).anyMatch(Double::isInfinite))
                || node instanceof Power power && Arrays.stream(of(power.base(), symbols)).anyMatch(base -> base == 1)
                && Arrays.stream(of(power.exponent(), symbols)).anyMatch(Double::isNaN))) {
            return new boolean[exact.length];
        }
        var nearby = new LinkedHashMap<String, double[]>();
        symbols.forEach((name, entries) -> nearby.put(name, Arrays.stream(entries).map(x -> x * (1 + 1e-13)).toArray()));
        double[] moved = of(expression, nearby, 1e-13);
        var are = new boolean[exact.length];
        for (int i = 0; i < are.length; i++) {
            are[i] = Math.abs(exact[i]) < 1e100
                    && Math.abs(exact[i] - moved[i]) <= 1e-9 * Math.max(1, Math.abs(exact[i]));
        }
        return are;
    }
}
