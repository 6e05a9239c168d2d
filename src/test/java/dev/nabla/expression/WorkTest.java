package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {

    private static final Expression X = Arithmetic.perSampleSymbol("x", Shape.SCALAR);

    @Test
    void asMuchAsTheLimitMayBeDoneAndNoMore() {
        assertThatCode(() -> Work.within(10, () -> {
            Work.spend(4);
            Work.spend(6);
        })).doesNotThrowAnyException();
        assertThatThrownBy(() -> Work.within(1_500_000_000, () -> {
            Work.spend(1_500_000_000);
            Work.spend(1);
        })).isInstanceOf(WorkLimitException.class)
                .hasMessage("takes more work than the 1.5 seconds (by fixed prices, however long it takes) that one request "
                        + "may: ask for less at once");
    }

    @Test
    void whatIsDoneOutsideIsNotCounted() {
        Work.spend(Double.MAX_VALUE);
        assertThatCode(() -> Work.within(10, () -> Work.spend(10))).doesNotThrowAnyException();
        Work.spend(Double.MAX_VALUE);
    }

    @Test
    void nodesArePaidForWhenTheyAreMade() {
        assertThatCode(() -> Work.within(10 * 3 * Work.NODE_MADE, () -> powers(5))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Work.within(10 * 3 * Work.NODE_MADE, () -> powers(1000)))
                .isInstanceOf(WorkLimitException.class);
    }

    @Test
    void nodesArePaidForWhenTheyAreVisited() {
        Expression sum = Arithmetic.sum(X, Arithmetic.apply(ScalarFunction.EXP, X));
        long once = Work.NODE_VISITED * (1 + 2 + 3);
        assertThatCode(() -> Work.within(once, () -> assertThat(Graph.nodeCount(List.of(sum))).isEqualTo(3)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Work.within(once - 1, () -> Graph.nodeCount(List.of(sum))))
                .isInstanceOf(WorkLimitException.class);
    }

    @Test
    void aDerivativeOfHighOrderStopsWhereTheWorkIsDone() {
        assertThatThrownBy(() -> Work.within(100_000_000, () -> {
            Expression derivative = Arithmetic.apply(ScalarFunction.TANH, Arithmetic.product(X, Arithmetic.apply(
                    ScalarFunction.ERF, Arithmetic.apply(ScalarFunction.GELU, X))));
            for (int order = 0; order < 100; order++) {
                derivative = Derivative.of(derivative, X);
            }
        })).isInstanceOf(WorkLimitException.class);
    }

    private static void powers(int count) {
        for (int exponent = 2; exponent < count + 2; exponent++) {
            Arithmetic.power(X, exponent + 0.25);
        }
    }
}
