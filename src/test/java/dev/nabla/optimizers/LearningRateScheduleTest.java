package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
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

    private static double[] rates(LearningRateSchedule schedule, int epochs) {
        return IntStream.rangeClosed(1, epochs).mapToDouble(epoch -> schedule.rate(8, epoch, epochs)).toArray();
    }
}
