package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls add to a graph is counted before it is there. */
class CallsTest {

    /** Much less than what is refused here would take. */
    private static final long LITTLE = 10_000_000_000L;

    private static final Symbol INPUTS = (Symbol) perSampleSymbol("inputs", Shape.of(1));
    private static final Scope SCOPE = Scope.of(Map.of("x", LinearAlgebra.entry(INPUTS, 0))).at(INPUTS);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "integral(integral(integral(sin(s + t + r + x), s, 0, x, 200), t, 0, x, 200), r, 0, x, 200) | 0",
        "1 + integral(integral(integral(sin(x), x, 0, x, 200), x, 0, x, 200), x, 0, x, 200) | 4"})
    void integralsInIntegralsAreRefusedBeforeTheyAreBuilt(String equation, int position) throws Exception {
        Work.within(LITTLE, () -> assertThatThrownBy(() -> Equation.parse(equation, SCOPE))
                .isInstanceOfSatisfying(EquationException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageMatching("with 'integral' the derivatives and calls so far would have \\d+ nodes, more than 500000"));
    }

    @Test
    void anIntegralOfNothingThatMovesIsCountedByItsPoints() {
        String one = "integral(1, s, 0, 1, 200)";
        assertThat(Equation.parse(sum(one, 600), SCOPE)).isNotNull();
        assertThatThrownBy(() -> Equation.parse(sum(one, 700), SCOPE)).isInstanceOf(EquationException.class)
                .hasMessageContaining("more than 500000");
    }

    /** And no others are visited. */
    @Test
    void ofWhatIsCalledThoseNodesCountThatThePointChanges() throws Exception {
        String fixed = IntStream.range(0, 50_000).mapToObj(i -> "sin(a + " + i + ")").collect(Collectors.joining(" + "));
        Expression a = perSampleSymbol("a", Shape.SCALAR);
        Expression value = Equation.parse("x * (" + fixed + ")", SCOPE.and(Scope.of(Map.of("a", a))));
        assertThat(Graph.above(value, List.of(INPUTS))).hasSize(3);
        Scope scope = SCOPE.withFunctions(Map.of("u", PointFunction.of(INPUTS, () -> value)));
        String calls = IntStream.range(0, 1_000).mapToObj(i -> "u(" + i + ")").collect(Collectors.joining(" + "));
        Work.within(LITTLE, () -> assertThat(Equation.parse(calls, scope)).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "logsumexp"})
    void whatTakesAVectorApartIsRefusedBeforeItIsBuilt(String call) {
        String equation = "sum(" + call + "(ones(%d) * x))";
        assertThat(Equation.parse(equation.formatted(1000), SCOPE).isScalar()).isTrue();
        assertThatThrownBy(() -> Work.within(LITTLE, () -> Equation.parse(equation.formatted(1_000_000), SCOPE)))
                .isInstanceOfSatisfying(EquationException.class, e -> assertThat(e.position()).isEqualTo(4))
                .hasMessage("with '" + call + "' the derivatives and calls so far would have 2000000 nodes, "
                        + "more than 500000");
    }

    @Test
    void equationsThatAreReadTogetherAreCountedTogether() {
        String one = "integral(integral(sin(s + t + x), s, 0, x, 100), t, 0, x, 200)";
        assertThat(Equation.parse(one, SCOPE)).isSameAs(Equation.parse(one, SCOPE));
        assertThatThrownBy(() -> Growth.together(() -> IntStream.range(0, 20).mapToObj(_ -> Equation.parse(one, SCOPE)).toList()))
                .isInstanceOf(EquationException.class).hasMessageContaining("more than 500000");
    }

    private static String sum(String term, int times) {
        return String.join(" + ", Collections.nCopies(times, term));
    }
}
