package dev.nabla.training.sweeps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.training.sweeps.StopRule.Extent;
import dev.nabla.training.sweeps.StopRule.Halving;
import dev.nabla.training.sweeps.StopRule.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On progress that is made up. */
class StopRuleTest {

    private static List<Integer> comparisons(StopRule rule, int epochs, int trials) {
        return IntStream.rangeClosed(1, epochs).filter(epoch -> rule.comparesAfter(epoch, new Extent(epochs, trials))).boxed().toList();
    }

    private static Score lowest(double value) {
        return new Score(value, Double.NaN);
    }

    private static Score mean(double value) {
        return new Score(Double.NaN, value);
    }

    private static boolean ends(StopRule rule, Score own, Score... others) {
        return rule.verdict(1, own, List.of(others)).isPresent();
    }

    @Test
    void rungsAreAtPowersOfThePartsOfTheEpochsAsManyAsLeaveOneTrial() {
        assertThat(comparisons(new Halving(3), 81, 27)).containsExactly(3, 9, 27);
        assertThat(comparisons(new Halving(3), 100, 26)).containsExactly(12, 34);
        assertThat(comparisons(new Halving(2), 1000, 9)).containsExactly(125, 250, 500);
        assertThat(comparisons(new Halving(4), 1000, 3)).isEmpty();
        assertThat(comparisons(new Halving(3), 2, 100)).containsExactly(1);
        assertThat(comparisons(new Halving(3), 1, 100)).isEmpty();
    }

    /** By hand: of those that come in this order which go on behind a rung of η = 3. */
    @Test
    void ofThoseThatCameToARungTheBestThirdGoesOn() {
        double[] losses = {5, 4, 6, 4.5, 3, 4.2, 3.5, 3.2, 4.1, 3.6};
        boolean[] goOn = {true, true, false, false, true, false, true, true, false, false};
        List<Score> came = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            assertThat(new Halving(3).verdict(1, lowest(losses[i]), came).isEmpty()).as("trial %d", i).isEqualTo(goOn[i]);
            came.add(lowest(losses[i]));
        }
    }

    @Test
    void ofEqualOnesAllGoOn() {
        assertThat(ends(new Halving(2), lowest(1), lowest(1), lowest(1), lowest(1))).isFalse();
        assertThat(ends(new Halving(2), lowest(1), lowest(0.5), lowest(1), lowest(1))).isFalse();
        assertThat(ends(new Halving(2), lowest(1), lowest(0.5), lowest(0.5), lowest(1))).isTrue();
    }

    @Test
    void theMedianIsComparedWithAtEveryTwentiethPart() {
        assertThat(comparisons(Named.MEDIAN, 100, 9)).hasSize(20).startsWith(5, 10).endsWith(100);
        assertThat(comparisons(Named.MEDIAN, 7, 9)).hasSize(7);
        assertThat(comparisons(Named.NONE, 100, 9)).isEmpty();
    }

    @Test
    void whoseBestIsWorseThanTheMedianOfTheMeansOfOthersEnds() {
        assertThat(ends(Named.MEDIAN, lowest(2.1), mean(1), mean(2), mean(3))).isTrue();
        assertThat(ends(Named.MEDIAN, lowest(2), mean(1), mean(2), mean(3))).isFalse();
        assertThat(ends(Named.MEDIAN, lowest(2.6), mean(4), mean(1), mean(2), mean(3))).as("the median is 2.5").isTrue();
        assertThat(ends(Named.MEDIAN, lowest(2.4), mean(4), mean(1), mean(2), mean(3))).isFalse();
        assertThat(ends(Named.MEDIAN, lowest(9), mean(1), mean(2))).as("of two others nothing follows").isFalse();
        assertThat(ends(Named.NONE, lowest(9), mean(1), mean(2), mean(3))).isFalse();
    }

    @Test
    void aVerdictSaysOfWhichEpochsALowestLossIs() {
        assertThat(Named.MEDIAN.verdict(8, lowest(9), List.of(mean(1), mean(2), mean(3))))
                .hasValue("the lowest loss of its first 8 epochs was 9.0, above 2.0, the median of the mean losses of 3 other trials");
        assertThat(new Halving(2).verdict(1, lowest(9), List.of(lowest(1))))
                .hasValue("the lowest loss of its first epoch was 9.0, and that of 1 of 1 other trials lower, of which 1 goes on");
    }
}
