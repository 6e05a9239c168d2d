package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoxTest {

    private static final Box BOX = new Box(List.of(new Bound(0, 2, -1, 2), new Bound(3, 4, 0.5, Double.POSITIVE_INFINITY)));

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void stepsEndAtTheNearestPointWithinAndOthersStayAsTheyAre() {
        for (int round = 0; round < 100; round++) {
            double[] point = BOX.nearest(random.doubles(4, -3, 3).toArray());
            double[] step = random.doubles(4, -2, 2).toArray();
            double[] there = new double[4];
            Arrays.setAll(there, i -> point[i] + step[i]);
            double[] cut = step.clone();
            assertThat(BOX.contains(point)).as("seed %d", seed).isTrue();
            assertThat(BOX.cut(point, cut)).as("seed %d", seed).isEqualTo(!BOX.contains(there));
            double[] nearest = {Math.clamp(there[0], -1, 2), Math.clamp(there[1], -1, 2), there[2], Math.max(0.5, there[3])};
            assertThat(BOX.nearest(there)).as("seed %d", seed).containsExactly(nearest);
            double[] end = new double[4];
            for (int i = 0; i < 4; i++) {
                double expected = nearest[i] == there[i] ? step[i] : nearest[i] - point[i];
                assertThat(cut[i]).as("entry %d, seed %d", i, seed).isCloseTo(expected, within(nearest[i] == there[i] ? 0 : Math.ulp(expected)));
                end[i] = point[i] + cut[i];
            }
            assertThat(BOX.nearest(end)).as("on the bound and not beside it, seed %d", seed).containsExactly(nearest);
        }
    }

    @Test
    void onlyWhatIsOnABoundAndLedOutOfItLeaves() {
        var leaving = new ArrayList<Integer>();
        BOX.forEachLeaving(new double[] {-1, 2, 7, 0.5}, new double[] {-1, 1, 1, 1}, leaving::add);
        assertThat(leaving).containsExactly(0, 1);
        leaving.clear();
        BOX.forEachLeaving(new double[] {-1, 2, 7, 0.5}, new double[] {1, -1, -1, -1}, leaving::add);
        assertThat(leaving).containsExactly(3);
    }

    @Test
    void entriesOnBoundsAreMovedInwards() {
        double[] point = {-1, 2, 7, 0.5};
        assertThat(BOX.isOnBound(point)).isTrue();
        assertThat(BOX.inwards(point, 0.25, _ -> true)).containsExactly(-0.75, 1.5, 7, 0.75);
        assertThat(BOX.inwards(point, 8, i -> i < 2)).containsExactly(2, -1, 7, 0.5);
        assertThat(BOX.isOnBound(new double[] {0, 1, 2, 3})).isFalse();
    }
}
