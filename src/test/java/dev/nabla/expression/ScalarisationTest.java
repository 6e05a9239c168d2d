package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.rendering.RandomExpressions;
import dev.nabla.rendering.Values;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarisationTest {

    private static final Expression W = symbol("W", Shape.of(2, 2));
    private static final Expression X = perSampleSymbol("x", Shape.of(2));
    private static final Expression B = symbol("b", Shape.of(2));

    @Test
    void aLayerIsWrittenOutAsInTheTextbook() {
        Expression layer = apply(ScalarFunction.TANH, sum(matrixProduct(W, X), B));
        List<Expression> entries = Scalarisation.of(List.of(layer)).get(layer);
        for (int i = 0; i < 2; i++) {
            Expression weighted = sum(product(entry(W, i, 0), entry(X, 0)), product(entry(W, i, 1), entry(X, 1)));
            assertThat(entries.get(i)).isSameAs(apply(ScalarFunction.TANH, sum(weighted, entry(B, i))));
        }
    }

    @Test
    void entriesStandRowMajor() {
        List<Expression> entries = List.of(entry(W, 0, 0), entry(W, 0, 1), entry(W, 1, 0), entry(W, 1, 1));
        assertThat(entriesOf(W)).isEqualTo(entries);
        Expression sine = apply(ScalarFunction.SIN, W);
        assertThat(entriesOf(LinearAlgebra.transpose(sine))).isEqualTo(List.of(0, 2, 1, 3).stream()
                .map(i -> apply(ScalarFunction.SIN, entries.get(i))).toList());
        assertThat(entriesOf(LinearAlgebra.outerProduct(X, B))).containsExactly(product(entry(X, 0), entry(B, 0)),
                product(entry(X, 0), entry(B, 1)), product(entry(X, 1), entry(B, 0)),
                product(entry(X, 1), entry(B, 1)));
        assertThat(entriesOf(LinearAlgebra.broadcast(B, Shape.of(2, 3)))).containsExactly(
                entry(B, 0), entry(B, 0), entry(B, 0), entry(B, 1), entry(B, 1), entry(B, 1));
        assertThat(entriesOf(LinearAlgebra.sampleSum(X))).containsExactly(
                LinearAlgebra.sampleSum(entry(X, 0)), LinearAlgebra.sampleSum(entry(X, 1)));
    }

    @Test
    void theSquareOfANormIsASumOfSquares() {
        Expression norm = LinearAlgebra.norm(matrixProduct(W, X));
        Expression norms = LinearAlgebra.stack(norm, apply(ScalarFunction.SIN, norm));
        List<Expression> entries = entriesOf(LinearAlgebra.outerProduct(norms, norms));
        assertThat(Graph.topologicalOrder(entries)).noneMatch(Expression.EntrySum.class::isInstance);
        // All entries of a symbol are the symbol again.
        Expression ofSymbol = LinearAlgebra.norm(B);
        Expression symbols = LinearAlgebra.stack(ofSymbol, apply(ScalarFunction.SIN, ofSymbol));
        assertThat(entriesOf(LinearAlgebra.outerProduct(symbols, symbols)).getFirst())
                .isSameAs(sum(Arithmetic.power(entry(B, 0), 2), Arithmetic.power(entry(B, 1), 2)));
    }

    @Test
    void theyKeepTheirValues() {
        int compared = 0;
        for (int seed = 0; seed < 2000; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            double[] whole = Interpreter.evaluate(expression, values);
            List<Expression> entries = entriesOf(expression);
            double scale = Arrays.stream(whole).filter(Double::isFinite).map(Math::abs).max().orElse(0);
            assertThat(entries).as("seed %d", seed).hasSize(whole.length).allMatch(Expression::isScalar);
            boolean[] isWellConditioned = Values.areWellConditioned(expression, values);
            for (int i = 0; i < whole.length; i++) {
                if (isWellConditioned[i] && Double.isFinite(whole[i])) {
                    assertThat(Interpreter.scalar(entries.get(i), values)).as("seed %d, entry %d", seed, i)
                            .isCloseTo(whole[i], within(1e-11 * scale + 1e-300));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(4_000);
    }

    @Test
    void thePredictedSizeIsNeverExceeded() {
        for (int seed = 0; seed < 2000; seed++) {
            Expression expression = new RandomExpressions(new Random(seed)).array(4);
            int made = Graph.nodeCount(entriesOf(expression));
            assertThat(BigInteger.valueOf(made)).as("seed %d", seed)
                    .isLessThanOrEqualTo(Scalarisation.predictedNodeCount(List.of(expression)));
        }
    }

    private static List<Expression> entriesOf(Expression array) {
        return Scalarisation.of(List.of(array)).get(array);
    }
}
