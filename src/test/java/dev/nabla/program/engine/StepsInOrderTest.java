package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.nabla.program.Allocations;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsInOrderTest {

    private static final double NANOS = 400;
    /** More than after which steps of so many nanoseconds have a class of their own. */
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
    void fewOfLittleTimeGetAClassOfTheirOwn() {
        assertThat(firstRunByOwnClass(2, NANOS)).isEqualTo(OptionalInt.of(12_500));
        assertThat(firstRunByOwnClass(300, NANOS)).isEqualTo(OptionalInt.of(12_500));
        assertThat(firstRunByOwnClass(301, NANOS)).isEmpty();
        assertThat(firstRunByOwnClass(2, 500)).isEmpty();
    }

    private static OptionalInt firstRunByOwnClass(int count, double nanosOfStep) {
        var isByOwnClass = new BitSet();
        int[] runs = {0};
        var stack = StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);
        Runnable look = () -> {
            boolean isByIt = stack.walk(frames -> frames.anyMatch(frame -> frame.getClassName().contains("OfOwnClass")));
            isByOwnClass.set(runs[0]++, isByIt);
        };
        List<Runnable> steps = new ArrayList<>(Collections.nCopies(count, () -> { }));
        steps.set(count / 2, look);
        Runnable inOrder = StepsInOrder.of(steps, count * nanosOfStep);
        for (int i = 0; i < MANY; i++) {
            inOrder.run();
        }
        int first = isByOwnClass.nextSetBit(0);
        assertThat(isByOwnClass.cardinality()).isEqualTo(first < 0 ? 0 : MANY - first);
        return first < 0 ? OptionalInt.empty() : OptionalInt.of(first);
    }

    @Test
    void noneIsLeftOutOrRunTwiceWhereTheyGoOverToIt() {
        int[] next = {0};
        List<Runnable> steps = IntStream.range(0, 5).<Runnable>mapToObj(i -> () -> {
            assertThat(next[0] % 5).isEqualTo(i);
            next[0]++;
        }).toList();
        Runnable inOrder = StepsInOrder.of(steps, 5 * NANOS);
        for (int i = 0; i < MANY; i++) {
            inOrder.run();
        }
        assertThat(next[0]).isEqualTo(5 * MANY);
    }

    @Test
    void aStepIsLongerThanWhatIsPutIntoItsCaller() {
        int most = Integer.parseInt(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("FreqInlineSize").getValue());
        assertThat(StepsInOrder.LEAST_BYTES_OF_STEP).isGreaterThan(most);
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
