package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.rendering.RandomExpressions;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final Expression X = symbol("x", Shape.SCALAR);

    @Test
    void aChainOf100000NodesOverflowsNoStack() {
        Expression chain = X;
        double value = 0.5;
        double derivative = 1;
        for (int i = 0; i < 100_000; i++) {
            chain = apply(ScalarFunction.SIN, chain);
            derivative *= Math.cos(value);
            value = Math.sin(value);
        }
        Map<String, double[]> at = Map.of("x", new double[] {0.5});
        assertThat(Graph.nodeCount(List.of(chain))).isEqualTo(100_001);
        assertThat(Interpreter.scalar(Derivative.of(chain, X), at)).isCloseTo(derivative, within(1e-12 * derivative));
        Expression gradient = Derivative.gradient(chain, List.of(X)).getFirst();
        assertThat(Interpreter.scalar(gradient, at)).isCloseTo(derivative, within(1e-12 * derivative));
        assertThat(Scalarisation.of(List.of(gradient)).get(gradient)).containsExactly(gradient);
        assertThat(Graph.treeNodeCount(List.of(gradient))).isGreaterThan(BigInteger.valueOf(1_000_000_000));
    }

    @Test
    void treesAreCountedWithoutBuildingThem() {
        Expression doubled = X;
        for (int i = 0; i < 200; i++) {
            doubled = sum(apply(ScalarFunction.SIN, doubled), product(doubled, symbol("y", Shape.SCALAR)));
        }
        // T(n + 1) = 1 + (1 + T) + (2 + T), from T(0) = 1: T(n) = 5·2ⁿ − 4.
        assertThat(Graph.treeNodeCount(List.of(doubled)))
                .isEqualTo(BigInteger.TWO.pow(200).multiply(BigInteger.valueOf(5)).subtract(BigInteger.valueOf(4)));
        assertThat(Graph.nodeCount(List.of(doubled))).isEqualTo(602);
    }

    @Test
    void scalarisationKeepsTheValues() {
        for (int seed = 0; seed < 2000; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            double[] whole = Interpreter.evaluate(expression, values);
            List<Expression> entries = Scalarisation.of(List.of(expression)).get(expression);
            double scale = Arrays.stream(whole).filter(Double::isFinite).map(Math::abs).max().orElse(0);
            assertThat(entries).as("seed %d", seed).hasSize(whole.length);
            for (int i = 0; i < whole.length; i++) {
                if (Double.isFinite(whole[i])) {
                    assertThat(Interpreter.scalar(entries.get(i), values)).as("seed %d, entry %d", seed, i)
                            .isCloseTo(whole[i], within(1e-11 * scale + 1e-300));
                }
            }
        }
    }
}
