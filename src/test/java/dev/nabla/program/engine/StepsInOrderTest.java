package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.program.Allocations;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsInOrderTest {

    private static final double NANOS = 400;
    /** Runs after which steps of so many nanoseconds have a class of their own. */
    private static final int MANY = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 1000})
    void runsEachOnceAndInOrder(int count) {
        var seen = new ArrayList<Integer>();
        List<Runnable> steps = IntStream.range(0, count).<Runnable>mapToObj(i -> () -> seen.add(i)).toList();
        Stream.of(StepsInOrder.byLoop(steps), StepsInOrder.byOwnClass(steps), StepsInOrder.of(steps, count * NANOS)).forEach(inOrder -> {
            seen.clear();
            inOrder.run();
            inOrder.run();
            assertThat(seen).isEqualTo(IntStream.range(0, 2 * count).map(i -> i % count).boxed().toList());
        });
    }

    @Test
    void aFailureEndsThem() {
        var seen = new ArrayList<String>();
        Runnable inOrder = StepsInOrder.byOwnClass(List.of(() -> seen.add("first"), () -> {
            throw new ArithmeticException("second");
        }, () -> seen.add("third")));
        assertThatThrownBy(inOrder::run).isInstanceOf(ArithmeticException.class).hasMessage("second");
        assertThat(seen).containsExactly("first");
    }

    @Test
    void thoseOfLittleTimeGetAClassOfTheirOwn() {
        var isByOwnClass = new ArrayList<Boolean>();
        Runnable look = () -> isByOwnClass.add(StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().contains("OfOwnClass"))));
        Runnable inOrder = StepsInOrder.of(List.of(look, () -> { }), 2 * NANOS);
        for (int i = 0; i < MANY; i++) {
            inOrder.run();
        }
        assertThat(isByOwnClass.getFirst()).isFalse();
        assertThat(isByOwnClass.getLast()).isTrue();
        isByOwnClass.clear();
        Runnable ofMuchTime = StepsInOrder.of(List.of(look), 1_000);
        for (int i = 0; i < MANY; i++) {
            ofMuchTime.run();
        }
        assertThat(isByOwnClass).doesNotContain(true);
    }

    @Test
    void allocatesNothing() {
        long[] sum = {0};
        Runnable inOrder = StepsInOrder.of(List.of(() -> sum[0]++, () -> sum[0] += 2), 2 * NANOS);
        Allocations.assertNone(MANY, "two steps", inOrder);
    }

    /** As it holds the memory that its steps work on. */
    @Test
    void theClassGoesWithThem() throws InterruptedException {
        var own = new WeakReference<>(StepsInOrder.byOwnClass(List.of(() -> { })).getClass());
        for (int i = 0; i < 100 && own.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(own.get()).isNull();
    }
}
