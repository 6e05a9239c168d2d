package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Expressions of scalars, vectors of 2 and 2 × 2 matrices, whose numbers are computed from the definition of each
 * operation while they are made. Zeros, ones and identities are among the operands, so that every rule applies often.
 */
class ArraySimplificationTest {

    private static final Shape VECTOR = Shape.of(2);
    private static final Shape MATRIX = Shape.of(2, 2);

    private record Valued(Expression expression, double[] entries) {

        private static Valued of(Expression expression, IntToDoubleFunction entry) {
            return new Valued(expression, IntStream.range(0, expression.shape().size()).mapToDouble(entry).toArray());
        }

        private double at(int row, int column) {
            return entries[2 * row + column];
        }
    }

    private Random random = new Random(0);
    private final List<Valued> made = new ArrayList<>();

    @Test
    void simplifyingKeepsTheValueOfEveryEntry() {
        int compared = 0;
        for (int seed = 0; seed < 3000; seed++) {
            random = new Random(seed);
            made.clear();
            Map<String, double[]> symbols = Map.of("x", numbers(1), "v", numbers(2), "W", numbers(4));
            addLeaves(symbols);
            for (int i = 0; i < 25; i++) {
                Valued next = make();
                if (Arrays.stream(next.entries).allMatch(entry -> Math.abs(entry) < 1e3)) {
                    made.add(next);
                }
            }
            for (Valued valued : made) {
                double[] simplified = Interpreter.evaluate(valued.expression, symbols);
                assertThat(simplified).as("seed %d, %s", seed, valued.expression)
                        .containsExactly(valued.entries, within(1e-8));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(70_000);
    }

    private double[] numbers(int count) {
        return random.doubles(count, -2, 2).toArray();
    }

    private void addLeaves(Map<String, double[]> symbols) {
        made.add(new Valued(Arithmetic.symbol("x", Shape.SCALAR), symbols.get("x")));
        made.add(new Valued(Arithmetic.symbol("v", VECTOR), symbols.get("v")));
        made.add(new Valued(Arithmetic.symbol("W", MATRIX), symbols.get("W")));
        made.add(Valued.of(LinearAlgebra.identity(2), i -> i % 3 == 0 ? 1 : 0));
        made.add(Valued.of(LinearAlgebra.oneHot(VECTOR, List.of(1)), i -> i));
        for (Shape shape : List.of(Shape.SCALAR, VECTOR, MATRIX)) {
            for (double number : new double[] {0, 1, -2}) {
                made.add(Valued.of(Arithmetic.constant(number, shape), _ -> number));
            }
        }
    }

    private Valued make() {
        Shape shape = List.of(Shape.SCALAR, VECTOR, MATRIX).get(random.nextInt(3));
        Valued a = any(shape);
        Valued b = any(shape);
        Valued v = any(VECTOR);
        Valued w = any(VECTOR);
        Valued m = any(MATRIX);
        Valued n = any(MATRIX);
        return switch (random.nextInt(17)) {
            case 0 -> Valued.of(Arithmetic.sum(a.expression, b.expression, a.expression),
                    i -> a.entries[i] + b.entries[i] + a.entries[i]);
            case 1 -> Valued.of(Arithmetic.product(a.expression, b.expression, b.expression),
                    i -> a.entries[i] * b.entries[i] * b.entries[i]);
            case 2 -> Valued.of(Arithmetic.subtract(a.expression, b.expression), i -> a.entries[i] - b.entries[i]);
            case 3 -> Valued.of(Arithmetic.power(a.expression, 2), i -> a.entries[i] * a.entries[i]);
            case 4 -> Valued.of(Arithmetic.apply(ScalarFunction.TANH, a.expression), i -> Math.tanh(a.entries[i]));
            case 5 -> Valued.of(LinearAlgebra.matrixProduct(m.expression, v.expression),
                    i -> m.at(i, 0) * v.entries[0] + m.at(i, 1) * v.entries[1]);
            case 6 -> Valued.of(LinearAlgebra.matrixProduct(v.expression, m.expression),
                    j -> v.entries[0] * m.at(0, j) + v.entries[1] * m.at(1, j));
            case 7 -> Valued.of(LinearAlgebra.matrixProduct(m.expression, n.expression),
                    i -> m.at(i / 2, 0) * n.at(0, i % 2) + m.at(i / 2, 1) * n.at(1, i % 2));
            case 8 -> Valued.of(LinearAlgebra.transpose(m.expression), i -> m.at(i % 2, i / 2));
            case 9 -> Valued.of(LinearAlgebra.outerProduct(v.expression, w.expression),
                    i -> v.entries[i / 2] * w.entries[i % 2]);
            case 10 -> Valued.of(LinearAlgebra.entrySum(a.expression), _ -> Arrays.stream(a.entries).sum());
            case 11 -> Valued.of(LinearAlgebra.dot(v.expression, w.expression),
                    _ -> v.entries[0] * w.entries[0] + v.entries[1] * w.entries[1]);
            case 12 -> Valued.of(LinearAlgebra.broadcast(v.expression, MATRIX), i -> v.entries[i / 2]);
            case 13 -> spread(any(Shape.SCALAR), random.nextBoolean() ? VECTOR : MATRIX);
            case 14 -> solved(m, v);
            case 15 -> random.nextBoolean() ? row(m, random.nextInt(2)) : entry(m, random.nextInt(4));
            default -> Valued.of(LinearAlgebra.stack(v.expression, w.expression),
                    i -> (i < 2 ? v : w).entries[i % 2]);
        };
    }

    private static Valued spread(Valued scalar, Shape shape) {
        return Valued.of(LinearAlgebra.broadcast(scalar.expression, shape), _ -> scalar.entries[0]);
    }

    /** By Cramer's rule; not a number where rounding decides whether the matrix is singular. */
    private static Valued solved(Valued m, Valued v) {
        double determinant = m.at(0, 0) * m.at(1, 1) - m.at(0, 1) * m.at(1, 0);
        double divisor = Math.abs(determinant) < 1e-3 ? Double.NaN : determinant;
        return Valued.of(LinearAlgebra.solve(m.expression, v.expression),
                i -> (m.at(1 - i, 1 - i) * v.entries[i] - m.at(i, 1 - i) * v.entries[1 - i]) / divisor);
    }

    private static Valued row(Valued matrix, int row) {
        return Valued.of(LinearAlgebra.entry(matrix.expression, row), j -> matrix.at(row, j));
    }

    private static Valued entry(Valued matrix, int i) {
        return Valued.of(LinearAlgebra.entry(matrix.expression, i / 2, i % 2), _ -> matrix.entries[i]);
    }

    private Valued any(Shape shape) {
        List<Valued> fitting = made.stream().filter(valued -> valued.expression.shape().equals(shape)).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }
}
