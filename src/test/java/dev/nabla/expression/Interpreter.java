package dev.nabla.expression;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The oracle for whatever computes expressions in another way: evaluates one node by node from its definition, in loops
 * over {@code double[]}, with neither simplification nor a schedule. It shares with the code under test the values of
 * the scalar functions only.
 *
 * <p>The values of symbols are given by name, each a row-major array of the symbol's size; a scalar is one number.
 */
public final class Interpreter {

    private static final double STEP = 1e-5;

    private final List<Map<String, double[]>> samples;
    /** Of every node that is computed already, its value in each sample. */
    private final Map<Expression, double[][]> values = new HashMap<>();

    private Interpreter(List<Map<String, double[]>> samples) {
        this.samples = samples;
    }

    /** The row-major entries of {@code expression} for a batch of one sample. */
    public static double[] evaluate(Expression expression, Map<String, double[]> symbols) {
        return evaluate(expression, List.of(symbols))[0];
    }

    /** The value of a scalar for a batch of one sample. */
    public static double scalar(Expression expression, Map<String, double[]> symbols) {
        if (!expression.isScalar()) {
            throw new IllegalArgumentException("not a scalar: " + expression);
        }
        return evaluate(expression, symbols)[0];
    }

    /** The derivative of a scalar by an entry of a symbol, by a central difference: exact to about eight digits. */
    public static double slope(Expression expression, Map<String, double[]> symbols, String symbol, int entry) {
        double[] values = symbols.get(symbol);
        double before = values[entry];
        values[entry] = before + STEP;
        double above = scalar(expression, symbols);
        values[entry] = before - STEP;
        double below = scalar(expression, symbols);
        values[entry] = before;
        return (above - below) / (2 * STEP);
    }

    /**
     * The row-major entries of {@code expression} in each sample of a batch: {@code [sample][entry]}. What the samples
     * share has the same value in each; a {@link SampleSum} adds up over all of them.
     *
     * @param samples for each sample the values of all symbols, those that are shared included
     */
    public static double[][] evaluate(Expression expression, List<Map<String, double[]>> samples) {
        return new Interpreter(samples).valueOf(expression);
    }

    private double[][] valueOf(Expression root) {
        var path = new ArrayDeque<Expression>();
        path.push(root);
        while (!path.isEmpty()) {
            Expression node = path.peek();
            boolean ready = true;
            for (Expression operand : node.operands()) {
                if (!values.containsKey(operand)) {
                    path.push(operand);
                    ready = false;
                }
            }
            if (ready) {
                values.computeIfAbsent(path.pop(), this::compute);
            }
        }
        return values.get(root);
    }

    private double[][] compute(Expression node) {
        if (node instanceof SampleSum sum) {
            var total = new double[node.shape().size()];
            for (double[] value : values.get(sum.operand())) {
                Arrays.setAll(total, i -> total[i] + value[i]);
            }
            var everywhere = new double[samples.size()][];
            Arrays.fill(everywhere, total);
            return everywhere;
        }
        var computed = new double[samples.size()][];
        for (int sample = 0; sample < computed.length; sample++) {
            computed[sample] = compute(node, sample);
        }
        return computed;
    }

    private double[] compute(Expression node, int sample) {
        List<double[]> operands = node.operands().stream().map(operand -> values.get(operand)[sample]).toList();
        int size = node.shape().size();
        return switch (node) {
            case Constant c -> fill(size, _ -> c.value());
            case Symbol s -> symbol(s, samples.get(sample));
            case Apply a -> fill(size, i -> a.function().value(operands.getFirst()[i]));
            case Sum _ -> combine(operands, 0, Double::sum);
            case Product _ -> combine(operands, 1, (x, y) -> x * y);
            case Power _ -> fill(size, i -> Math.pow(operands.get(0)[i], operands.get(1)[i]));
            case ApplyBinary a -> fill(size, i -> a.function().value(operands.get(0)[i], operands.get(1)[i]));
            case Select _ -> fill(size, i -> {
                double c = operands.get(0)[i];
                return c == 0 ? operands.get(2)[i] : Double.isNaN(c) ? c : operands.get(1)[i];
            });
            case MatrixProduct m -> {
                int inner = m.right().shape().dimension(0);
                int columns = m.right().shape().size() / inner;
                yield fill(size, i -> {
                    double total = 0;
                    for (int k = 0; k < inner; k++) {
                        total += operands.get(0)[i / columns * inner + k] * operands.get(1)[k * columns + i % columns];
                    }
                    return total;
                });
            }
            case Transpose _ -> {
                int rows = node.shape().dimension(0);
                int columns = node.shape().dimension(1);
                yield fill(size, i -> operands.getFirst()[i % columns * rows + i / columns]);
            }
            case OuterProduct o -> {
                int columns = o.right().shape().size();
                yield fill(size, i -> operands.get(0)[i / columns] * operands.get(1)[i % columns]);
            }
            case Solve s -> solve(s.matrix().shape().dimension(0), operands.get(0), operands.get(1));
            case EntrySum _ -> new double[] {Arrays.stream(operands.getFirst()).sum()};
            case Norm _ -> new double[] {Arrays.stream(operands.getFirst()).reduce(0, Math::hypot)};
            case Broadcast b -> fill(size, i -> operands.getFirst()[i / (size / b.operand().shape().size())]);
            case Entry e -> {
                int offset = 0;
                for (int axis = 0; axis < e.operand().shape().rank(); axis++) {
                    int at = axis < e.index().size() ? e.index().get(axis) : 0;
                    offset = offset * e.operand().shape().dimension(axis) + at;
                }
                yield Arrays.copyOfRange(operands.getFirst(), offset, offset + size);
            }
            case Stack _ -> operands.stream().flatMapToDouble(Arrays::stream).toArray();
            case SampleSum _ -> throw new AssertionError("computed over all samples at once");
        };
    }

    /** The elimination of every other row of an equation (Gauss and Jordan), by the largest pivot. */
    private static double[] solve(int n, double[] matrix, double[] right) {
        int columns = n + right.length / n;
        var rows = new double[n][columns];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix, i * n, rows[i], 0, n);
            System.arraycopy(right, i * (columns - n), rows[i], n, columns - n);
        }
        for (int k = 0; k < n; k++) {
            int column = k;
            int pivot = IntStream.range(k, n).reduce(
                    (best, i) -> Math.abs(rows[i][column]) > Math.abs(rows[best][column]) ? i : best).orElseThrow();
            double[] row = rows[pivot];
            rows[pivot] = rows[k];
            rows[k] = fill(columns, j -> row[j] / row[column]);
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    double[] other = rows[i];
                    rows[i] = fill(columns, j -> other[j] - other[column] * rows[column][j]);
                }
            }
        }
        return Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(row, n, columns)).toArray();
    }

    private static double[] symbol(Symbol symbol, Map<String, double[]> values) {
        double[] value = values.get(symbol.name());
        if (value == null || value.length != symbol.shape().size()) {
            throw new IllegalArgumentException(symbol.name() + " needs " + symbol.shape().size() + " numbers, has "
                    + Arrays.toString(value));
        }
        return value;
    }

    private static double[] combine(List<double[]> operands, double neutral, DoubleBinaryOperator operator) {
        return fill(operands.getFirst().length,
                i -> operands.stream().mapToDouble(operand -> operand[i]).reduce(neutral, operator));
    }

    private static double[] fill(int size, IntToDoubleFunction entry) {
        var entries = new double[size];
        Arrays.setAll(entries, entry);
        return entries;
    }
}
