package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GatheringTest {

    @Test
    void bringsEveryEntryToItsPlaceAndNothingElse() {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            int entries = random.nextInt(1, 8);
            int samples = random.nextInt(1, 40);
            int from = random.nextInt(5);
            int step = samples + random.nextInt(9);
            double[] rows = random.doubles(50L * entries).toArray();
            int[] order = random.ints(from + samples, 0, 50).toArray();
            double[] expected = new double[entries * step];
            for (int e = 0; e < entries; e++) {
                for (int s = 0; s < step; s++) {
                    expected[e * step + s] = rows[order[from + Math.min(s, samples - 1)] * entries + e];
                }
            }
            try (Arena arena = Arena.ofConfined()) {
                double[] before = new double[expected.length];
                Arrays.fill(before, Double.NaN);
                MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, before);
                Gathering.compute(rows, entries, order, from, samples, Doubles.first(memory), step);
                assertThat(memory.toArray(JAVA_DOUBLE)).as("%d entries, %d samples, seed %d", entries, samples, seed).isEqualTo(expected);
            }
        }
    }
}
