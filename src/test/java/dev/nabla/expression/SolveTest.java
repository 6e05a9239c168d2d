package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.identity;
import static dev.nabla.expression.LinearAlgebra.sampleSum;
import static dev.nabla.expression.LinearAlgebra.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SolveTest {

    private static final Expression A = symbol("A", Shape.of(3, 3));
    private static final Expression B = perSampleSymbol("b", Shape.of(3));

    @Test
    void theSolutionHasTheShapeOfTheRightHandSide() {
        assertThat(solve(A, B).shape()).isEqualTo(Shape.of(3));
        assertThat(solve(A, symbol("B", Shape.of(3, 2))).shape()).isEqualTo(Shape.of(3, 2));
        assertThat(solve(A, B).isPerSample()).isTrue();
        assertThat(solve(A, A).isPerSample()).isFalse();
        assertThat(solve(A, B)).isSameAs(solve(A, B)).isNotSameAs(LinearAlgebra.matrixProduct(A, B));
    }

    @Test
    void whatIsKnownIsNotSolved() {
        Expression one = symbol("a", Shape.of(1, 1));
        Expression right = symbol("B", Shape.of(1, 4));
        assertThat(solve(identity(3), B)).isSameAs(B);
        assertThat(solve(A, constant(0, Shape.of(3)))).isSameAs(constant(0, Shape.of(3)));
        assertThat(solve(one, right)).isSameAs(divide(right, broadcast(entry(one, 0, 0), right.shape())));
        assertThat(Graph.substitute(solve(A, B), Map.of(A, identity(3)))).isSameAs(B);
    }

    @Test
    void otherShapesAreRefused() {
        assertThatThrownBy(() -> solve(symbol("W", Shape.of(2, 3)), B)).isInstanceOf(ShapeException.class)
                .hasMessage("solve takes a square matrix first, not shape [2, 3]");
        assertThatThrownBy(() -> solve(symbol("T", Shape.of(2, 2, 2)), B)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> solve(A, symbol("c", Shape.of(2)))).isInstanceOf(ShapeException.class)
                .hasMessage("solve takes a vector or a matrix of 3 rows second, not shape [2]");
        assertThatThrownBy(() -> solve(A, symbol("T", Shape.of(3, 2, 2)))).isInstanceOf(ShapeException.class);
    }

    @Test
    void scalarsAreThoseOfCramersRule() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int n = 2 + seed % 5;
            Expression matrix = symbol("M", Shape.of(n, n));
            Expression right = symbol("r", random.nextBoolean() ? Shape.of(n) : Shape.of(n, 2));
            Expression solution = solve(matrix, right);
            List<Expression> entries = Scalarisation.of(List.of(solution)).get(solution);
            var values = Map.of("M", random.doubles(n * n, -1, 1).toArray(),
                    "r", random.doubles(right.shape().size(), -1, 1).toArray());
            double[] expected = Interpreter.evaluate(solution, values);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Interpreter.scalar(entries.get(i), values)).as("seed %d, entry %d", seed, i)
                        .isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
            }
            assertThat(BigInteger.valueOf(Graph.nodeCount(entries)))
                    .isLessThanOrEqualTo(Scalarisation.predictedNodeCount(List.of(solution)));
        }
    }

    /** Elimination would begin with a division by 0. */
    @Test
    void scalarsNeedNoPivots() {
        Expression solution = solve(A, B);
        var values = Map.of("A", new double[] {0, 1, 0, 0, 0, 1, 1, 0, 0}, "b", new double[] {1, 2, 3});
        assertThat(Scalarisation.of(List.of(solution)).get(solution))
                .extracting(x -> Interpreter.scalar(x, values)).containsExactly(3.0, 1.0, 2.0);
    }

    @Test
    void gradientByASharedMatrixIsTheSumOfThoseOfTheSamples() {
        var random = new Random(1);
        Expression gradient = Derivative.of(sampleSum(entrySum(power(solve(A, B), 2))), A);
        double[] matrix = random.doubles(9, -1, 1).toArray();
        List<Map<String, double[]>> samples = new ArrayList<>();
        double[] expected = new double[9];
        for (int s = 0; s < 5; s++) {
            samples.add(Map.of("A", matrix, "b", random.doubles(3, -1, 1).toArray()));
            double[] own = Interpreter.evaluate(gradient, samples.getLast());
            for (int i = 0; i < 9; i++) {
                expected[i] += own[i];
            }
        }
        double[] whole = Interpreter.evaluate(gradient, samples)[0];
        for (int i = 0; i < 9; i++) {
            assertThat(whole[i]).isCloseTo(expected[i], within(1e-12 * (1 + Math.abs(expected[i]))));
        }
    }
}
