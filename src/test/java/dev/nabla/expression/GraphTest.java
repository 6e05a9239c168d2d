package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.rendering.RandomExpressions;
import java.math.BigInteger;
import java.util.HashSet;
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
    void smallTreesAreCountedByHand() {
        Expression y = symbol("y", Shape.SCALAR);
        Expression sine = apply(ScalarFunction.SIN, X);
        assertThat(treeNodeCount(X)).isEqualTo(1);
        assertThat(treeNodeCount(sine)).isEqualTo(2);
        assertThat(treeNodeCount(product(sine, y))).isEqualTo(4);
        assertThat(treeNodeCount(sum(product(sine, y), sine))).isEqualTo(7);
        // A power counts its base and its exponent.
        assertThat(treeNodeCount(Arithmetic.power(sine, 2))).isEqualTo(4);
        assertThat(treeNodeCount(LinearAlgebra.stack(sine, y, sine))).isEqualTo(6);
        assertThat(Graph.treeNodeCount(List.of(sine, sine, y))).isEqualTo(BigInteger.valueOf(5));
        assertThat(Graph.nodeCount(List.of(sine, sine, y))).isEqualTo(3);
    }

    private static int treeNodeCount(Expression expression) {
        return Graph.treeNodeCount(List.of(expression)).intValueExact();
    }

    @Test
    void usesAreCountedOncePerOperandAndRoot() {
        Expression sine = apply(ScalarFunction.SIN, X);
        Expression root = sum(product(sine, X), sine);
        assertThat(Graph.useCounts(List.of(root, sine))).containsEntry(root, 1).containsEntry(sine, 3)
                .containsEntry(X, 2);
    }

    @Test
    void operandsComeBeforeTheirUsers() {
        for (int seed = 0; seed < 300; seed++) {
            Expression expression = new RandomExpressions(new Random(seed)).array(4);
            List<Expression> order = Graph.topologicalOrder(List.of(expression));
            var seen = new HashSet<Expression>();
            for (Expression node : order) {
                assertThat(seen).as("seed %d", seed).containsAll(node.operands());
                assertThat(seen.add(node)).as("seed %d", seed).isTrue();
            }
            assertThat(order.getLast()).isSameAs(expression);
        }
    }
}
