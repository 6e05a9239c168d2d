package dev.nabla.plots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

    @Test
    void whateverSticksOutIsKeptAsAreTheEnds() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            int size = 1 + random.nextInt(2000);
            List<double[]> lines = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(_ -> random.doubles(size).toArray()).toList();
            int most = 10 + random.nextInt(300);
            // A spike of a single epoch in one of the lines.
            int spike = random.nextInt(size);
            lines.get(random.nextInt(lines.size()))[spike] = random.nextBoolean() ? 2 : -2;
            int[] kept = Thinning.kept(lines, most);
            assertThat(kept).as("seed %d, run %d: %d of %d", seed, run, most, size).isSorted().doesNotHaveDuplicates()
                    .hasSizeLessThanOrEqualTo(most).contains(0, spike, size - 1);
            if (size <= most) {
                assertThat(kept).hasSize(size);
            }
            int stretches = Math.max(1, (most - 2) / (2 * lines.size()));
            assertThat(kept).as("seed %d, run %d", seed, run).hasSizeGreaterThanOrEqualTo(Math.min(size, stretches));
        }
    }

    @Test
    void gapsAndShorterLinesAreNoObstacle() {
        double[] line = IntStream.range(0, 100).mapToDouble(i -> i == 40 ? 9 : Double.NaN).toArray();
        double[] nothing = {};
        int[] kept = Thinning.kept(List.of(line, nothing), 12);
        assertThat(kept).contains(0, 40, 99).hasSizeLessThanOrEqualTo(12);
        assertThat(Arrays.stream(Thinning.kept(List.of(nothing), 5))).isEmpty();
    }
}
