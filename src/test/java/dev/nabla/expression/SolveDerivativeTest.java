package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression.Symbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldMatrix;
import org.junit.jupiter.api.Test;

/** Derivatives of solutions up to the third, against Hipparchus, which solves in truncated Taylor series. */
class SolveDerivativeTest {

    private final Map<String, double[]> values = new LinkedHashMap<>();
    private Expression matrix = symbol("A", Shape.of(1, 1));
    private Expression right = symbol("b", Shape.of(1));
    private Expression solution = right;
    private Expression square = right;

    @Test
    void tangentsAndJacobiansAreThoseOfHipparchus() {
        for (int seed = 0; seed < 60; seed++) {
            build(seed);
            List<DerivativeStructure> series = series(1);
            for (Expression variable : variables()) {
                double[] jacobian = evaluate(Derivative.of(solution, variable));
                int columns = variable.shape().size();
                for (int j = 0; j < columns; j++) {
                    double[] tangent = evaluate(Derivative.of(solution, entry(variable, variable.shape().index(j))));
                    for (int i = 0; i < tangent.length; i++) {
                        compare(tangent[i], series.get(i), "tangent, seed " + seed, number(variable, j));
                        compare(jacobian[i * columns + j], series.get(i), "seed " + seed, number(variable, j));
                    }
                }
            }
        }
    }

    @Test
    void gradientsAndHessiansAreThoseOfHipparchus() {
        for (int seed = 0; seed < 60; seed++) {
            build(seed);
            DerivativeStructure series = squared(series(2));
            for (Expression v : variables()) {
                Expression gradient = Derivative.of(square, v);
                double[] first = evaluate(gradient);
                for (int i = 0; i < first.length; i++) {
                    compare(first[i], series, "gradient, seed " + seed, number(v, i));
                }
                for (Expression w : variables()) {
                    double[] second = evaluate(Derivative.of(gradient, w));
                    for (int i = 0; i < second.length; i++) {
                        compare(second[i], series, "Hessian, seed " + seed, number(v, i / w.shape().size()),
                                number(w, i % w.shape().size()));
                    }
                }
            }
        }
    }

    @Test
    void thirdDerivativesAreThoseOfHipparchus() {
        for (int seed = 0; seed < 12; seed++) {
            build(seed);
            DerivativeStructure series = squared(series(3));
            Expression last = entry(matrix, matrix.shape().index(matrix.shape().size() - 1));
            int lastNumber = number(matrix, matrix.shape().size() - 1);
            for (Expression v : variables()) {
                Expression second = Derivative.of(Derivative.of(square, v), last);
                for (Expression w : variables()) {
                    double[] third = evaluate(Derivative.of(second, w));
                    for (int i = 0; i < third.length; i++) {
                        compare(third[i], series, "seed " + seed, number(v, i / w.shape().size()), lastNumber,
                                number(w, i % w.shape().size()));
                    }
                }
            }
        }
    }

    private void build(int seed) {
        var random = new Random(seed);
        int n = 1 + seed % 3;
        matrix = symbol("A", Shape.of(n, n));
        right = symbol("b", random.nextBoolean() ? Shape.of(n) : Shape.of(n, 2));
        solution = solve(matrix, right);
        square = entrySum(power(solution, 2));
        double[] entries = random.doubles(n * n, -1, 1).toArray();
        for (int i = 0; i < n; i++) {
            entries[i * n + i] += 2;
        }
        values.put("A", entries);
        values.put("b", random.doubles(right.shape().size(), -1, 1).toArray());
    }

    private List<Expression> variables() {
        return List.of(matrix, right);
    }

    /** The entries of the solution as series of those of the matrix and of the right-hand side. */
    private List<DerivativeStructure> series(int order) {
        double[] numbers = DoubleStream.concat(DoubleStream.of(values.get("A")), DoubleStream.of(values.get("b")))
                .toArray();
        var factory = new DSFactory(numbers.length, order);
        int n = matrix.shape().dimension(0);
        FieldMatrix<DerivativeStructure> a = variables(factory, numbers, 0, n, n);
        FieldMatrix<DerivativeStructure> b = variables(factory, numbers, n * n, n, right.shape().size() / n);
        FieldMatrix<DerivativeStructure> x = new FieldLUDecomposition<>(a).getSolver().solve(b);
        var entries = new ArrayList<DerivativeStructure>();
        for (int i = 0; i < n; i++) {
            entries.addAll(List.of(x.getRow(i)));
        }
        return entries;
    }

    private static FieldMatrix<DerivativeStructure> variables(DSFactory factory, double[] numbers, int from, int rows,
            int columns) {
        var matrix = new Array2DRowFieldMatrix<>(factory.getDerivativeField(), rows, columns);
        for (int e = 0; e < rows * columns; e++) {
            matrix.setEntry(e / columns, e % columns, factory.variable(from + e, numbers[from + e]));
        }
        return matrix;
    }

    private static DerivativeStructure squared(List<DerivativeStructure> entries) {
        return entries.stream().map(entry -> entry.multiply(entry)).reduce(DerivativeStructure::add).orElseThrow();
    }

    private int number(Expression variable, int entry) {
        return ((Symbol) variable).name().equals("A") ? entry : matrix.shape().size() + entry;
    }

    private double[] evaluate(Expression derivative) {
        return Interpreter.evaluate(derivative, values);
    }

    private static void compare(double derivative, DerivativeStructure series, String description, int... variables) {
        int[] orders = new int[series.getFreeParameters()];
        for (int variable : variables) {
            orders[variable]++;
        }
        double expected = series.getPartialDerivative(orders);
        assertThat(derivative).as(description).isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
    }
}
