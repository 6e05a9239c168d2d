package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.CosineRestarts;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
import dev.nabla.optimizers.LearningRateSchedule.WarmUp;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

    @Test
    void theFirstEpochHasTheLearningRateOfTheOptimizer() {
        for (LearningRateSchedule schedule : new LearningRateSchedule[] {LearningRateSchedule.CONSTANT,
            new Exponential(0.3), new Geometric(1e-6), new Cosine(1e-3), new Step(1, 0.5)}) {
            assertThat(schedule.rate(0.1, 1, 50)).as("%s", schedule).isCloseTo(0.1, within(1e-16));
            assertThat(schedule.rate(0.1, 1, 1)).as("%s", schedule).isCloseTo(0.1, within(1e-16));
        }
    }

    @Test
    void constantIsAlwaysTheSame() {
        assertThat(LearningRateSchedule.CONSTANT.rate(0.1, 999, 1000)).isEqualTo(0.1);
    }

    @Test
    void exponentialIsMultipliedByItsDecayInEveryEpoch() {
        assertThat(rates(new Exponential(0.5), 4)).containsExactly(8, 4, 2, 1);
    }

    @Test
    void geometricEndsAtItsFinalLearningRate() {
        double[] rates = rates(new Geometric(0.5), 5);
        assertThat(rates).containsExactly(new double[] {8, 4, 2, 1, 0.5}, within(1e-15));
    }

    @Test
    void cosineIsHalfWayInTheMiddleAndEndsAtItsFinalLearningRate() {
        double[] rates = rates(new Cosine(2), 7);
        double sixty = 2 + 6 * 0.75;
        assertThat(rates).containsExactly(new double[] {8, 5 + 3 * Math.sqrt(3) / 2, sixty, 5, 3.5,
            5 - 3 * Math.sqrt(3) / 2, 2}, within(1e-14));
    }

    @Test
    void stepIsMultipliedByItsFactorAfterEverySoManyEpochs() {
        assertThat(rates(new Step(3, 0.5), 8)).containsExactly(8, 8, 8, 4, 4, 4, 2, 2);
    }

    @Test
    void fallingSchedulesStayWhereTheyEndWhereATrainingGoesOn() {
        assertThat(rates(new Geometric(0.5, 5), 7)).containsExactly(new double[] {8, 4, 2, 1, 0.5, 0.5, 0.5}, within(1e-15));
        assertThat(rates(new Cosine(2, 3), 5)).containsExactly(new double[] {8, 5, 2, 2, 2}, within(1e-15));
        assertThat(rates(new Cosine(2, 1), 3)).containsExactly(8, 2, 2);
        assertThat(new Cosine(2).over(9)).isEqualTo(new Cosine(2, 9));
        assertThat(new Geometric(2, 3).over(9)).isEqualTo(new Geometric(2, 3));
        assertThat(new WarmUp(4, new Cosine(2)).over(9)).isEqualTo(new WarmUp(4, new Cosine(2, 5)));
        assertThat(new Step(1, 0.5).over(9)).isEqualTo(new Step(1, 0.5));
    }

    /** SGDR's equation 5 with η_min = 2, η = 8, T_0 = 2, T_mult = 2: restarts behind 2 and 6 epochs. */
    @Test
    void aCosineRestartsBehindPeriodsThatGrow() {
        double high = 5 + 3 * Math.sqrt(0.5);
        double low = 5 - 3 * Math.sqrt(0.5);
        assertThat(rates(new CosineRestarts(2, 2, 2), 8)).containsExactly(new double[] {8, 5, 8, high, 5, low, 8,
            2 + 3 * (1 + Math.cos(Math.PI / 8))}, within(1e-14));
        assertThat(rates(new CosineRestarts(3, 1, 0), 7)).containsExactly(new double[] {8, 6, 2, 8, 6, 2, 8}, within(1e-14));
        assertThat(rates(new CosineRestarts(1, 1, 0), 3)).containsExactly(8, 8, 8);
        assertThat(new CosineRestarts(1, Integer.MAX_VALUE, 0).rate(1, 10_000_000, 10_000_000)).isBetween(0.99, 1.0);
    }

    @Test
    void aWarmUpRisesByEqualStepsToTheFirstRateOfWhatFollows() {
        assertThat(rates(new WarmUp(3, LearningRateSchedule.CONSTANT), 5)).containsExactly(2, 4, 6, 8, 8);
        assertThat(rates(new WarmUp(1, new Cosine(2)), 4)).containsExactly(new double[] {4, 8, 5, 2}, within(1e-15));
        assertThat(rates(new WarmUp(1, new WarmUp(1, new Exponential(0.5))), 4)).containsExactly(4, 4, 8, 4);
        assertThat(rates(new WarmUp(9, new Cosine(2)), 2)).containsExactly(new double[] {0.8, 1.6}, within(1e-15));
    }

    private static double[] rates(LearningRateSchedule schedule, int epochs) {
        return IntStream.rangeClosed(1, epochs).mapToDouble(epoch -> schedule.rate(8, epoch, epochs)).toArray();
    }
}
