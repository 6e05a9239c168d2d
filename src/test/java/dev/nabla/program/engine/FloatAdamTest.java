package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Allocations;
import dev.nabla.program.FlatVector;
import dev.nabla.program.OutOfFloatsException;
import dev.nabla.program.Precision;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with estimates that are floats, beside that with doubles. */
class FloatAdamTest {

    private static final int SIZE = 2500;
    private static final double RATE = 0.01;

    /** Parameters with their gradient and updates. */
    private static final class Updated {

        private final INDArray parameters = FlatVector.allocate(SIZE);
        private final FlatVector gradient;
        private final AdamUpdate update;

        Updated(Precision precision, AdamConstants constants) {
            INDArray ofGradient = FlatVector.allocate(SIZE);
            gradient = new FlatVector(ofGradient);
            update = new KernelEngine(precision).adam(constants, parameters, ofGradient);
        }

        void run(int step, double[] gradient) {
            this.gradient.set(gradient);
            update.run(RATE, step);
        }

        double[] parameters() {
            return parameters.toDoubleVector();
        }

        double[] firstMoment() {
            double[] moment = new double[SIZE];
            update.firstMoment().copyTo(moment);
            return moment;
        }

        double[] secondMoment() {
            double[] moment = new double[SIZE];
            update.secondMoment().copyTo(moment);
            return moment;
        }
    }

    private static double[] vector(IntToDoubleFunction entry) {
        double[] vector = new double[SIZE];
        Arrays.setAll(vector, entry);
        return vector;
    }

    private static double anySize(SplittableRandom random, int least, int most) {
        return random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(least, most));
    }

    /** Gradients from far below epsilon to far above what floats have the squares of, some of which stay away for long. */
    @ParameterizedTest
    @CsvSource({"0.9, 0.999, 1e-8, -40, 22", "0.9, 0.999, 1e-8, -40, -6", "0.9, 0.999, 1e-8, -9, -7", "0.5, 0.5, 1e-8, -20, 4",
        "0.99, 0.999, 1e-20, -30, 20", "0.9, 0.99, 1, -5, 5", "0.9, 0.99, 1e20, 15, 25"})
    void goesWhereThatOfDoublesDoes(double beta1, double beta2, double epsilon, int least, int most) {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        var constants = new AdamConstants(beta1, beta2, epsilon);
        var ofDoubles = new Updated(Precision.DOUBLE, constants);
        var ofFloats = new Updated(Precision.SINGLE, constants);
        assertThat(ofFloats.update).isInstanceOf(FloatAdam.class);
        double[] sizes = vector(_ -> anySize(random, least, most));
        for (int step = 1; step <= 600; step++) {
            double part = random.nextDouble();
            double[] gradient = vector(i -> random.nextDouble() < 0.2 * part || step(i, part) ? 0 : sizes[i] * random.nextDouble(-0.5, 1));
            ofDoubles.run(step, gradient);
            ofFloats.run(step, gradient);
            assertThat(largestDifference(ofFloats.parameters(), ofDoubles.parameters())).as("seed %d, step %d", seed, step)
                    .isLessThan(2e-6 * RATE * step);
        }
        assertThat(ofFloats.parameters()).isNotEqualTo(ofDoubles.parameters());
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < SIZE; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static boolean step(int i, double part) {
        return i % 3 == 0 && part > 0.02;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-20, 1e-8, 3})
    void estimatesAreReadAndSetToTheLastBit(double epsilon) {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        var constants = new AdamConstants(0.9, 0.999, epsilon);
        var first = new Updated(Precision.SINGLE, constants);
        for (int step = 1; step <= 20; step++) {
            first.run(step, vector(_ -> anySize(random, -30, 6)));
        }
        var second = new Updated(Precision.SINGLE, constants);
        new FlatVector(second.parameters).set(first.parameters());
        second.update.firstMoment().set(first.firstMoment());
        second.update.secondMoment().set(first.secondMoment());
        for (int step = 21; step <= 40; step++) {
            double[] gradient = vector(_ -> anySize(random, -30, 6));
            first.run(step, gradient);
            second.run(step, gradient);
        }
        assertThat(second.parameters()).as("seed %d", seed).isEqualTo(first.parameters());
        assertThat(second.firstMoment()).isEqualTo(first.firstMoment());
        assertThat(second.secondMoment()).isEqualTo(first.secondMoment());
    }

    @Test
    void estimatesAreThoseOfTheGradient() {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        var updated = new Updated(Precision.SINGLE, new AdamConstants(0.9, 0.999, 1e-12));
        double[] gradient = vector(_ -> anySize(random, -6, 6));
        updated.run(1, gradient);
        for (int i = 0; i < SIZE; i++) {
            assertThat(updated.firstMoment()[i]).as("seed %d", seed).isCloseTo(0.1 * gradient[i], within(1e-7 * Math.abs(gradient[i])));
            assertThat(updated.secondMoment()[i]).isCloseTo(1e-3 * gradient[i] * gradient[i], within(1e-9 * gradient[i] * gradient[i]));
        }
    }

    @Test
    void whatFloatsHaveNoRoomForIsSaid() {
        var constants = new AdamConstants(0.9, 0.999, 1e-8);
        for (int at : new int[] {0, 7, SIZE - 1}) {
            var updated = new Updated(Precision.SINGLE, constants);
            updated.run(1, vector(i -> i == at ? 1e38 : 1));
            assertThat(updated.parameters()[at]).isCloseTo(-RATE, within(1e-8));
            assertThatThrownBy(() -> updated.run(2, vector(i -> i == at ? -1e41 : 1))).isInstanceOf(OutOfFloatsException.class)
                    .hasMessage("a moment of the gradient is beyond the range of single precision");
        }
        // The first moment alone, and the root of the second.
        var updated = new Updated(Precision.SINGLE, constants);
        assertThatThrownBy(() -> updated.run(1, vector(_ -> 5e39))).isInstanceOf(OutOfFloatsException.class);
        var slow = new Updated(Precision.SINGLE, new AdamConstants(0.99, 0.9, 1e-8));
        assertThatThrownBy(() -> slow.run(1, vector(_ -> 2e39))).isInstanceOf(OutOfFloatsException.class);
    }

    /** Nothing is added any more to a root that is as close to the gradient as floats can come. */
    @Test
    void stepsAlongAConstantGradientAreOneLearningRateLongToTheFourthDigit() {
        for (double beta2 : new double[] {0.9, 0.99, 1 - 0x1p-10}) {
            var updated = new Updated(Precision.SINGLE, new AdamConstants(0.99, beta2, 1e-8));
            updated.run(1, vector(i -> -10 - 30.0 * i / SIZE));
            updated.gradient.set(vector(i -> 1 + 3.0 * i / SIZE));
            double[] before = new double[SIZE];
            for (int step = 2; step <= 15_000; step++) {
                before = step == 15_000 ? updated.parameters() : before;
                updated.update.run(RATE, step);
            }
            for (int i = 0; i < SIZE; i++) {
                assertThat(before[i] - updated.parameters()[i]).as("%s, %d", beta2, i).isCloseTo(RATE, within(1e-4 * RATE));
            }
        }
    }

    /** A first moment that is still large where the second is small again. */
    @Test
    void aStepThatIsNoFloatIsOneOfDoubles() {
        var constants = new AdamConstants(0.99, 0.5, 1e-8);
        var ofDoubles = new Updated(Precision.DOUBLE, constants);
        var ofFloats = new Updated(Precision.SINGLE, constants);
        for (int step = 1; step <= 400; step++) {
            double[] gradient = step == 1 ? vector(i -> 1e38 * (i + 1) / SIZE) : new double[SIZE];
            ofDoubles.run(step, gradient);
            ofFloats.run(step, gradient);
        }
        for (int i = 0; i < SIZE; i++) {
            assertThat(ofFloats.parameters()[i]).isCloseTo(ofDoubles.parameters()[i], withinPercentage(1e-3));
        }
    }

    @Test
    void estimatesTakeTheMemoryOfFloats() {
        var memory = new MemoryBudget("trainings", 1 << 20, () -> 1 << 20);
        try (var work = new Work(Long.MAX_VALUE, memory)) {
            work.run(() -> {
                INDArray parameters = FlatVector.allocate(2049);
                INDArray gradient = FlatVector.allocate(2049);
                long before = memory.held(Place.OFF_HEAP);
                new KernelEngine(Precision.SINGLE).adam(new AdamConstants(0.9, 0.999, 1e-8), parameters, gradient);
                assertThat(memory.held(Place.OFF_HEAP) - before).isEqualTo(2 * 8 * 1025);
            });
        }
    }

    /** Where floats would lose what is to be added up, or where gradients are none, and where they gain nothing. */
    @Test
    void othersAreOfDoubles() {
        assertThat(FloatAdam.isFor(new AdamConstants(0.9, 0.999, 1e-8), 2048)).isTrue();
        assertThat(FloatAdam.isFor(new AdamConstants(0.9, 0.999, 1e-8), 2047)).isFalse();
        double[] ofFirst = {0.5, 0.99};
        double[] ofSecond = {0.5, 1 - 0x1p-10};
        for (double beta : ofFirst) {
            assertThat(FloatAdam.isFor(new AdamConstants(beta, 0.999, 1e-8), 2048)).as("%s", beta).isTrue();
        }
        for (double beta : ofSecond) {
            assertThat(FloatAdam.isFor(new AdamConstants(0.9, beta, 1e-8), 2048)).as("%s", beta).isTrue();
        }
        for (double beta : new double[] {Math.nextDown(ofFirst[0]), Math.nextUp(ofFirst[1])}) {
            assertThat(FloatAdam.isFor(new AdamConstants(beta, 0.999, 1e-8), 2048)).as("%s", beta).isFalse();
        }
        for (double beta : new double[] {Math.nextDown(ofSecond[0]), Math.nextUp(ofSecond[1])}) {
            assertThat(FloatAdam.isFor(new AdamConstants(0.9, beta, 1e-8), 2048)).as("%s", beta).isFalse();
        }
        double[] epsilons = {0x1p-70, 0x1p73};
        for (double epsilon : epsilons) {
            assertThat(FloatAdam.isFor(new AdamConstants(0.9, 0.999, epsilon), 2048)).as("%s", epsilon).isTrue();
        }
        for (double epsilon : new double[] {Math.nextDown(epsilons[0]), Math.nextUp(epsilons[1])}) {
            assertThat(FloatAdam.isFor(new AdamConstants(0.9, 0.999, epsilon), 2048)).as("%s", epsilon).isFalse();
        }
        assertThat(new KernelEngine().adam(new AdamConstants(0.9, 0.999, 1e-8), FlatVector.allocate(SIZE), FlatVector.allocate(SIZE)))
                .isInstanceOf(DoubleAdam.class);
    }

    /** Which some processors take a hundred times as long for. */
    @Test
    void estimatesOfWhatChangesNoMoreBecomeZeroAndNoSmallestNumbers() {
        var updated = new Updated(Precision.SINGLE, new AdamConstants(0.9, 0.95, 1e-8));
        updated.run(1, vector(i -> i + 1));
        for (int step = 2; step < 3000; step++) {
            updated.run(step, new double[SIZE]);
        }
        assertThat(updated.firstMoment()).containsOnly(0);
        assertThat(updated.secondMoment()).containsOnly(0);
    }

    @Test
    void anUpdateAllocatesNothing() {
        var updated = new Updated(Precision.SINGLE, new AdamConstants(0.9, 0.999, 1e-8));
        updated.gradient.set(vector(i -> i));
        Allocations.assertNone(1000, "an update", () -> updated.update.run(1e-6, 1));
    }
}
