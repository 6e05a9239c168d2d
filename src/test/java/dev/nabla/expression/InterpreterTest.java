package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.outerProduct;
import static dev.nabla.expression.LinearAlgebra.sampleSum;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.stack;
import static dev.nabla.expression.LinearAlgebra.transpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle itself, against numbers worked out by hand. */
class InterpreterTest {

    private final Expression w = symbol("W", Shape.of(2, 3));
    private final Expression v = symbol("v", Shape.of(3));
    private final Expression u = symbol("u", Shape.of(2));
    private final Map<String, double[]> values = Map.of(
            "W", new double[] {1, 2, 3, 4, 5, 6}, "v", new double[] {1, 0, -1}, "u", new double[] {10, 20});

    @Test
    void matricesAreRowMajor() {
        assertThat(Interpreter.evaluate(matrixProduct(w, v), values)).containsExactly(-2, -2);
        assertThat(Interpreter.evaluate(matrixProduct(w, transpose(w)), values)).containsExactly(14, 32, 32, 77);
        assertThat(Interpreter.evaluate(transpose(w), values)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Interpreter.evaluate(outerProduct(u, v), values)).containsExactly(10, 0, -10, 20, 0, -20);
        assertThat(Interpreter.evaluate(broadcast(u, Shape.of(2, 3)), values)).containsExactly(10, 10, 10, 20, 20, 20);
        assertThat(Interpreter.evaluate(entry(w, 1), values)).containsExactly(4, 5, 6);
        assertThat(Interpreter.scalar(entry(w, 1, 0), values)).isEqualTo(4);
        assertThat(Interpreter.evaluate(stack(v, apply(ScalarFunction.EXP, v)), values))
                .containsExactly(1, 0, -1, Math.E, 1, Math.exp(-1));
    }

    @Test
    void systemsAreSolved() {
        Expression m = symbol("M", Shape.of(2, 2));
        Map<String, double[]> system = Map.of("M", new double[] {0, 2, 4, 8}, "u", new double[] {10, 20});
        assertThat(Interpreter.evaluate(solve(m, u), system)).containsExactly(-5, 5);
        assertThat(Interpreter.evaluate(solve(m, transpose(m)), system)).containsExactly(0.5, -2, 0, 2);
    }

    @Test
    void entriesAreAddedAndMultiplied() {
        assertThat(Interpreter.evaluate(sum(v, product(v, v)), values)).containsExactly(2, 0, 0);
        assertThat(Interpreter.scalar(entrySum(w), values)).isEqualTo(21);
        assertThat(Interpreter.evaluate(Arithmetic.power(u, -1), values)).containsExactly(0.1, 0.05);
    }

    @Test
    void sampleSumAddsUpOverTheBatchAndCountsWhatIsShared() {
        Expression x = perSampleSymbol("x", Shape.SCALAR);
        Expression shared = symbol("a", Shape.SCALAR);
        List<Map<String, double[]>> batch = List.of(
                Map.of("x", new double[] {1}, "a", new double[] {7}),
                Map.of("x", new double[] {2}, "a", new double[] {7}));
        assertThat(Interpreter.evaluate(product(x, sampleSum(x)), batch)).isDeepEqualTo(new double[][] {{3}, {6}});
        assertThat(Interpreter.evaluate(sampleSum(shared), batch)).isDeepEqualTo(new double[][] {{14}, {14}});
    }

    @Test
    void missingOrMisshapenValuesAreErrors() {
        assertThatIllegalArgumentException().isThrownBy(() -> Interpreter.evaluate(v, Map.of()))
                .withMessage("v needs 3 numbers, has null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interpreter.evaluate(v, Map.of("v", new double[] {1})))
                .withMessage("v needs 3 numbers, has [1.0]");
    }
}
