package dev.nabla.rendering;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.Scalarisation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of expressions from their scalar graph, where the values of symbols are row-major. */
final class Values {

    private Values() {}

    /** The row-major entries. */
    static double[] of(Expression expression, Map<String, double[]> symbols) {
        return of(expression, symbols, 0);
    }

    /** @param error the relative error of every sum */
    private static double[] of(Expression expression, Map<String, double[]> symbols, double error) {
        List<Expression> entries = Scalarisation.of(List.of(expression)).get(expression);
        Map<Expression, Double> values =
                Graph.<Double>fold(entries, (node, operands) -> value(node, operands, symbols, error));
        return entries.stream().mapToDouble(values::get).toArray();
    }

    private static double value(Expression node, List<Double> operands, Map<String, double[]> symbols,
            double error) {
        return switch (node) {
            case Constant c -> c.value();
            case Symbol s -> s.isScalar() ? symbols.get(s.name())[0] : Double.NaN;
            case Entry e when e.operand() instanceof Symbol s -> symbols.get(s.name())[s.shape().offset(e.index())];
            case Apply a -> a.function().value(operands.getFirst());
            case Sum _ -> operands.stream().mapToDouble(x -> x).sum() * (1 + error);
            case Product _ -> operands.stream().reduce(1.0, (x, y) -> x * y);
            case Power _ -> Math.pow(operands.get(0), operands.get(1));
            default -> throw new IllegalArgumentException("not scalar: " + node);
        };
    }

    /**
     * For every entry, row-major, whether it is worth comparing: whether it is finite and changes little when the values
     * of all symbols and sums do, so that another order of rounding would hardly change it.
     */
    static boolean[] areWellConditioned(Expression expression, Map<String, double[]> symbols) {
        double[] exact = of(expression, symbols);
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
