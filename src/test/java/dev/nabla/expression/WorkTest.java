package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import dev.nabla.expression.MemoryBudget.Place;
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

    @Test
    void whatIsStoppedEndsWhereItNextPays() {
        var work = new Work(10, MemoryBudget.ENDLESS);
        work.stop("nobody waits");
        assertThatThrownBy(() -> work.run(() -> Work.spend(0))).isInstanceOf(StoppedException.class).hasMessage("nobody waits");
        assertThatThrownBy(() -> work.run(() -> Work.hold(Place.HEAP, 1))).isInstanceOf(StoppedException.class);
    }

    @Test
    void memoryIsHeldUntilItIsReleasedOrTheWorkIsClosed() {
        var memory = new MemoryBudget("requests", 100 << 20, () -> 10 << 20);
        try (var work = new Work(10, memory)) {
            work.run(() -> {
                Work.hold(Place.HEAP, 60 << 20);
                Work.hold(Place.OFF_HEAP, 8 << 20);
                Work.release(Place.OFF_HEAP, 5 << 20);
            });
            assertThat(memory.held(Place.HEAP)).isEqualTo(60 << 20);
            assertThat(memory.held(Place.OFF_HEAP)).isEqualTo(3 << 20);
            work.run(() -> Work.release(Place.HEAP, 20 << 20));
            assertThat(memory.held(Place.HEAP)).isEqualTo(40 << 20);
        }
        assertThat(memory.held(Place.HEAP)).isZero();
        assertThat(memory.held(Place.OFF_HEAP)).isZero();
    }

    @Test
    void whatOthersHoldIsThereLaterAndWhatIsMoreThanAllIsNot() {
        var memory = new MemoryBudget("requests", 100 << 20, () -> 10 << 20);
        try (var first = new Work(10, memory); var second = new Work(10, memory)) {
            first.take(Place.HEAP, 60 << 20);
            assertThatThrownBy(() -> second.take(Place.HEAP, 50 << 20)).isInstanceOf(NoMemoryException.class)
                    .hasMessage("needs 50 MB of memory on the heap, of the 100 MB for all requests, of which others hold 60 MB");
            second.take(Place.HEAP, 10 << 20);
            assertThatThrownBy(() -> first.take(Place.HEAP, 35 << 20)).isInstanceOf(NoMemoryException.class)
                    .hasMessage("needs 95 MB of memory on the heap, of the 100 MB for all requests, of which others hold 10 MB");
            second.give(Place.HEAP, 10 << 20);
            assertThatThrownBy(() -> first.take(Place.HEAP, 50 << 20)).isInstanceOf(WorkLimitException.class)
                    .hasMessage("takes at least 110 MB of memory on the heap, more than the 100 MB that there are for all "
                            + "requests: ask for less at once");
            assertThat(memory.held(Place.HEAP)).isEqualTo(60 << 20);
        }
    }

    /** As what somebody frees was taken by somebody else. */
    @Test
    void whatIsGivenMayNeverHaveBeenTaken() {
        for (Place place : Place.values()) {
            assertThatCode(() -> Work.within(10, () -> {
                Work.release(place, 1 << 20);
                Work.within(10, () -> Work.hold(place, 1 << 19));
            })).as("%s", place).doesNotThrowAnyException();
        }
    }

    @Test
    void whatWasGivenBesideIsNotFree() {
        var memory = new MemoryBudget("requests", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        for (Place place : Place.values()) {
            memory.give(place, 1);
            assertThat(memory.free(place)).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void nodesAreHeldWhenTheyAreMade() {
        var memory = new MemoryBudget("requests", 1 << 20, () -> 0);
        try (var work = new Work(Long.MAX_VALUE, memory)) {
            assertThatThrownBy(() -> work.run(() -> powers(10_000))).isInstanceOf(WorkLimitException.class)
                    .hasMessageContaining("of memory on the heap");
        }
    }

    private static void powers(int count) {
        for (int exponent = 2; exponent < count + 2; exponent++) {
            Arithmetic.power(X, exponent + 0.25);
        }
    }
}
