package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

    @Test
    void everyEpochVisitsEverySampleOnce() {
        var order = new EpochOrder(441, true, 42);
        for (int epoch = 0; epoch < 100; epoch++) {
            assertThat(Arrays.stream(order.ofEpoch(epoch)).sorted())
                    .containsExactly(IntStream.range(0, 441).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void isAFunctionOfSeedAndEpochAlone() {
        var order = new EpochOrder(50, true, 7);
        int[] third = order.ofEpoch(3).clone();
        order.ofEpoch(0);
        assertThat(order.ofEpoch(3)).isEqualTo(third);
        assertThat(new EpochOrder(50, true, 7).ofEpoch(3)).isEqualTo(third);
        assertThat(new EpochOrder(50, true, 8).ofEpoch(3)).isNotEqualTo(third);
        assertThat(order.ofEpoch(4)).isNotEqualTo(third);
    }

    @Test
    void keepsTheOrderOfTheDatasetWhenNotShuffling() {
        assertThat(new EpochOrder(5, false, 1).ofEpoch(9)).containsExactly(0, 1, 2, 3, 4);
    }
}
