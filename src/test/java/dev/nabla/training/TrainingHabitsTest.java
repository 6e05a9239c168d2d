package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.CosineRestarts;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
import dev.nabla.optimizers.LearningRateSchedule.WarmUp;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers, schedules, clipping, validation and early stopping in whole trainings. */
class TrainingHabitsTest {

    private static final AdamSettings ADAM = new AdamSettings(0.01, 0.9, 0.999, 1e-3);

    static Stream<OptimizerSettings> optimizers() {
        return Stream.of(new GradientDescentSettings(0.1, new Step(2, 0.5)),
                new MomentumSettings(0.02, 0.9, new Exponential(0.9)),
                new AdamSettings(0.01, 0.9, 0.999, 1e-3, new Geometric(1e-4)),
                new AdamWSettings(0.01, 0.9, 0.999, 1e-3, 0.1, false, new Cosine(1e-4)), new LbfgsSettings(4, 1e-10), SelfScaledBroydenSettings.DEFAULT,
                NewtonSettings.DEFAULT, GaussNewtonSettings.DEFAULT);
    }

    /** Every optimizer with every schedule; the last epoch of one has a learning rate of 0. */
    static Stream<OptimizerSettings> scheduledOptimizers() {
        return Stream.concat(Stream.of(new LbfgsSettings(4, 1e-10)), Stream.of(LearningRateSchedule.CONSTANT,
                new Exponential(0.7), new Geometric(1e-5), new Cosine(0), new Step(2, 0.5), new CosineRestarts(1, 2, 1e-3),
                new WarmUp(2, new Cosine(0))).flatMap(schedule ->
                        Stream.concat(firstOrder(schedule),
                                Stream.of(new AdamWSettings(0.01, 0.9, 0.999, 1e-3, 3, true, schedule)))));
    }

    private static Stream<FirstOrderSettings> firstOrder(LearningRateSchedule schedule) {
        return Stream.of(new GradientDescentSettings(0.1, schedule), new MomentumSettings(0.02, 0.9, schedule),
                new AdamSettings(0.01, 0.9, 0.999, 1e-3, schedule),
                new AdamWSettings(0.01, 0.9, 0.999, 1e-3, 3, false, schedule));
    }

    @Test
    void noOptimizerAndNoScheduleIsLeftOut() {
        assertThat(firstOrder(LearningRateSchedule.CONSTANT).<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(FirstOrderSettings.class.getPermittedSubclasses());
        assertThat(scheduledOptimizers().filter(GradientDescentSettings.class::isInstance)
                .<Class<?>>map(settings -> ((GradientDescentSettings) settings).schedule().getClass()))
                .containsExactlyInAnyOrder(LearningRateSchedule.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("scheduledOptimizers")
    void bothEnginesLearnTheSame(OptimizerSettings optimizer) {
        for (Loss objective : List.of(Loss.MSE, Loss.RELATIVE_L2)) {
            var settings = new TrainingSettings(objective, 6, 50, true, 3, optimizer, OptionalDouble.of(0.3),
                    OptionalDouble.of(0.2), Optional.of(new EarlyStopping(50, 0)));
            double[] reference = train(settings, samples(300, 1), new Nd4jEngine(), new Recorder()).last();
            double[] result = train(settings, samples(300, 1), new KernelEngine(), new Recorder()).last();
            double largest = Arrays.stream(reference).map(Math::abs).max().orElseThrow();
            assertThat(result).as("%s", objective).containsExactly(reference, within(1e-10 * largest));
        }
    }

    @Test
    void anEpochWithALearningRateOf0ChangesNothing() {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            List<FirstOrderSettings> falling = firstOrder(new Cosine(0)).toList();
            List<FirstOrderSettings> constant = firstOrder(LearningRateSchedule.CONSTANT).toList();
            for (int i = 0; i < falling.size(); i++) {
                assertThat(train(plain(2, falling.get(i)), samples(300, 1), engine, new Recorder()).last())
                        .as("%s, %s", engine.name(), falling.get(i))
                        .isEqualTo(train(plain(1, constant.get(i)), samples(300, 1), engine, new Recorder()).last());
            }
        }
    }

    /** The gradient of the one step that is made is −3, so m̂ / (√v̂ + ε) is −3 / 3.001. */
    @Test
    void adamByHandWithACosineOfTwoEpochs() {
        Network affine = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
                List.of(DenseLayer.of(1, Activation.IDENTITY))));
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            double[] last = new Trainer(affine, new Samples(List.of("x"), List.of("y"), new double[] {1},
                    new double[] {2}), plain(2, new AdamSettings(0.01, 0.9, 0.999, 1e-3, new Cosine(0))), engine)
                    .train(new double[] {0.5, 0}, new Recorder()).last();
            assertThat(last[0]).as(engine.name()).isCloseTo(0.5099966677774075, within(1e-15));
        }
    }

    @Test
    void weightDecayIsOfWeightMatricesUnlessAllIsAskedFor() {
        ParameterLayout layout = network().parameters();
        double[] start = IntStream.range(0, layout.size()).mapToDouble(i -> 0.1 * (i + 1)).toArray();
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            double[] still = afterOneStep(start, new AdamSettings(0.01, 0.9, 0.999, 1e-3), engine);
            double[] some = afterOneStep(start, new AdamWSettings(0.01, 0.9, 0.999, 1e-3, 3, false,
                    LearningRateSchedule.CONSTANT), engine);
            double[] all = afterOneStep(start, new AdamWSettings(0.01, 0.9, 0.999, 1e-3, 3, true,
                    LearningRateSchedule.CONSTANT), engine);
            for (int i = 0; i < layout.symbols().size(); i++) {
                boolean isMatrix = layout.symbols().get(i).shape().rank() == 2;
                int end = i + 1 < layout.symbols().size() ? layout.offset(i + 1) : layout.size();
                for (int j = layout.offset(i); j < end; j++) {
                    String name = engine.name() + " " + layout.symbols().get(i);
                    assertThat(some[j] - still[j]).as(name).isCloseTo(isMatrix ? -0.03 * start[j] : 0, within(1e-14));
                    assertThat(all[j] - still[j]).as(name).isCloseTo(-0.03 * start[j], within(1e-14));
                }
            }
        }
    }

    private static double[] afterOneStep(double[] start, OptimizerSettings optimizer, Engine engine) {
        return new Trainer(network(), samples(40, 1), plain(1, optimizer), engine).train(start, new Recorder()).last();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theSameSeedGivesTheSameBitsAndALowerLoss(OptimizerSettings optimizer) {
        var settings = new TrainingSettings(Loss.MSE, 10, 50, true, 3, optimizer, OptionalDouble.of(1),
                OptionalDouble.of(0.2), Optional.empty());
        var recorder = new Recorder();
        TrainingResult first = train(settings, samples(300, 1), new KernelEngine(), recorder);
        TrainingResult second = train(settings, samples(300, 1), new KernelEngine(), new Recorder());
        assertThat(second.best()).isEqualTo(first.best());
        assertThat(second.last()).isEqualTo(first.last());
        assertThat(recorder.losses).hasSize(10);
        assertThat(recorder.losses.getLast()).isLessThan(recorder.losses.getFirst());
    }

    @Test
    void theScheduleSetsTheLearningRateOfEachEpoch() {
        var still = new GradientDescentSettings(0.3, new Step(1, 1e-300));
        double[] once = train(plain(1, still), samples(40, 1), new KernelEngine(), new Recorder()).last();
        double[] often = train(plain(5, still), samples(40, 1), new KernelEngine(), new Recorder()).last();
        assertThat(often).isEqualTo(once);
    }

    @Test
    void aStepWithAClippedGradientHasTheLengthOfLearningRateTimesTheLargestNorm() {
        var settings = new TrainingSettings(Loss.MSE, 1, 40, true, 3,
                new GradientDescentSettings(0.5, LearningRateSchedule.CONSTANT), OptionalDouble.of(1e-3),
                OptionalDouble.empty(), Optional.empty());
        double[] initial = GlorotUniform.parameters(network().parameters(), 3);
        double[] last = train(settings, samples(40, 1), new KernelEngine(), new Recorder()).last();
        double squares = IntStream.range(0, last.length).mapToDouble(i -> Math.pow(last[i] - initial[i], 2)).sum();
        assertThat(Math.sqrt(squares)).isCloseTo(5e-4, within(1e-14));
    }

    @Test
    void rowsOfValidationAreNeverTrainedOn() {
        TrainingSettings settings = withValidation(8, 0.25, Optional.empty());
        Samples samples = samples(200, 1);
        ValidationSplit split = ValidationSplit.of(200, settings);
        double[] otherTargets = samples.targets().clone();
        for (int row : split.validation()) {
            otherTargets[row] = 77;
        }
        var other = new Samples(samples.inputNames(), samples.targetNames(), samples.inputs(), otherTargets);
        var recorder = new Recorder();
        var otherRecorder = new Recorder();
        TrainingResult result = train(settings, samples, new KernelEngine(), recorder);
        TrainingResult otherResult = train(settings, other, new KernelEngine(), otherRecorder);
        assertThat(otherResult.last()).isEqualTo(result.last());
        assertThat(otherRecorder.losses).isEqualTo(recorder.losses);
        assertThat(otherRecorder.validationLosses).doesNotContainAnyElementsOf(recorder.validationLosses);
        double byHand = loss(samples.rows(split.validation()), new Nd4jEngine())
                .of(result.last(), "the loss", 1);
        assertThat(recorder.validationLosses.getLast()).isCloseTo(byHand, within(1e-12));
    }

    @Test
    void theSplitHasEveryRowOnceAndIsChosenBySeed() {
        for (int seed = 0; seed < 20; seed++) {
            var settings = new TrainingSettings(Loss.MSE, 1, 1, true, seed, ADAM, OptionalDouble.empty(),
                    OptionalDouble.of(0.3), Optional.empty());
            ValidationSplit split = ValidationSplit.of(101, settings);
            assertThat(split.validation()).hasSize(30).isSorted();
            assertThat(split.training()).isSorted();
            assertThat(IntStream.concat(IntStream.of(split.training()), IntStream.of(split.validation())).sorted()
                    .toArray()).isEqualTo(IntStream.range(0, 101).toArray());
        }
        assertThat(ValidationSplit.of(101, withValidation(1, 0.3, Optional.empty())).validation()).isNotEqualTo(
                ValidationSplit.of(101, new TrainingSettings(Loss.MSE, 1, 1, true, 4, ADAM, OptionalDouble.empty(),
                        OptionalDouble.of(0.3), Optional.empty())).validation());
    }

    @Test
    void theRowsOfValidationAreTheFractionRounded() {
        assertThat(ValidationSplit.validationRows(10, 0.26)).isEqualTo(3);
        assertThat(ValidationSplit.validationRows(10, 0.34)).isEqualTo(3);
    }

    /** A few noisy samples, which a training on them soon learns by heart. */
    @Test
    void earlyStoppingStopsAndTheModelIsTheBest() {
        Samples noise = samples(24, 2);
        TrainingSettings settings = withValidation(20_000, 0.5, Optional.of(new EarlyStopping(15, 0)));
        var recorder = new Recorder();
        TrainingResult result = train(settings, noise, new KernelEngine(), recorder);
        double lowest = Collections.min(recorder.validationLosses);
        int bestEpoch = recorder.validationLosses.indexOf(lowest) + 1;
        assertThat(result.stop()).contains(new TrainingResult.Stop(bestEpoch + 15, "no improvement for 15 epochs"));
        assertThat(recorder.losses).hasSize(bestEpoch + 15);
        assertThat(result.parameters()).isEqualTo(result.best()).isNotEqualTo(result.last());
        int[] validation = ValidationSplit.of(24, settings).validation();
        var loss = loss(noise.rows(validation), new KernelEngine());
        assertThat(loss.of(result.best(), "the loss", 1)).isEqualTo(lowest);
        assertThat(result.loss()).isEqualTo(loss(noise, new KernelEngine())
                .of(result.best(), "the loss", 1));
    }

    @Test
    void withoutValidationTheEpochLossDecidesAndTheModelIsTheLast() {
        var settings = new TrainingSettings(Loss.MSE, 20_000, 6, true, 3,
                new AdamSettings(0.1, 0.9, 0.999, 1e-8), OptionalDouble.empty(), OptionalDouble.empty(),
                Optional.of(new EarlyStopping(5, 1e-3)));
        var recorder = new Recorder();
        TrainingResult result = train(settings, samples(24, 2), new KernelEngine(), recorder);
        int end = result.stop().orElseThrow().epoch();
        assertThat(recorder.losses).hasSize(end);
        assertThat(recorder.validationLosses).isEmpty();
        double before = Collections.min(recorder.losses.subList(0, end - 5));
        assertThat(Collections.min(recorder.losses.subList(end - 5, end))).isGreaterThanOrEqualTo(before - 1e-3);
        assertThat(result.parameters()).isEqualTo(result.last());
        int bestEpoch = recorder.losses.indexOf(Collections.min(recorder.losses)) + 1;
        var untilThen = new TrainingSettings(Loss.MSE, bestEpoch, 6, true, 3, settings.optimizer());
        assertThat(result.best()).isEqualTo(train(untilThen, samples(24, 2), new KernelEngine(), new Recorder()).last());
    }

    @Test
    void lbfgsBeatsAdamOnASmallNetworkWithFullBatches() {
        double[] ratios = IntStream.range(0, 5).mapToDouble(seed -> {
            double lbfgs = train(new TrainingSettings(Loss.MSE, 200, 300, true, seed, LbfgsSettings.DEFAULT),
                    samples(300, 1), new KernelEngine(), new Recorder()).loss();
            double adam = train(new TrainingSettings(Loss.MSE, 200, 300, true, seed, ADAM), samples(300, 1),
                    new KernelEngine(), new Recorder()).loss();
            return lbfgs / adam;
        }).sorted().toArray();
        assertThat(ratios[2]).as(Arrays.toString(ratios)).isLessThan(0.1);
    }

    /** Linear regression on targets without noise: a convex quadratic whose minimum is known. */
    @Test
    void lbfgsSolvesLinearRegressionAndStops() {
        Network linear = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(1, Activation.IDENTITY))));
        double[] inputs = new Random(5).doubles(200, -1, 1).toArray();
        double[] targets = IntStream.range(0, 100).mapToDouble(i -> 3 * inputs[2 * i] - 7 * inputs[2 * i + 1] + 0.5)
                .toArray();
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            TrainingResult result = new Trainer(linear, new Samples(List.of("x", "y"), List.of("z"), inputs, targets),
                    new TrainingSettings(Loss.MSE, 1000, 100, true, 1, LbfgsSettings.DEFAULT), engine)
                    .train(GlorotUniform.parameters(linear.parameters(), 1), new Recorder());
            assertThat(result.last()).containsExactly(new double[] {3, -7, 0.5}, within(1e-9));
            assertThat(result.stop()).hasValueSatisfying(stop -> {
                assertThat(stop.epoch()).isLessThan(30);
                assertThat(stop.reason()).isEqualTo("the gradient is as good as zero");
            });
        }
    }

    @Test
    void zeroTargetsAreFoundAmongWhatEachSideHas() {
        double[] targets = new double[20];
        Arrays.fill(targets, 1);
        var settings = new TrainingSettings(Loss.RELATIVE_L2, 1, 16, false, 3, ADAM, OptionalDouble.empty(),
                OptionalDouble.of(0.2), Optional.empty());
        ValidationSplit split = ValidationSplit.of(20, settings);
        for (int[] side : new int[][] {split.validation(), split.training()}) {
            double[] zeros = targets.clone();
            for (int row : side) {
                zeros[row] = 0;
            }
            assertThat(ZeroTargets.firstBatch(new Samples(List.of("x"), List.of("z"), new double[20], zeros), settings))
                    .hasValueSatisfying(batch -> assertThat(batch.rows()).isEqualTo(side));
        }
        assertThat(ZeroTargets.firstBatch(new Samples(List.of("x"), List.of("z"), new double[20], targets), settings))
                .isEmpty();
    }

    /** At the first look, within a line search, and between two iterations. */
    @Test
    void lbfgsEndsWhereverItIsCancelledWithTheBestPointSoFar() {
        double[] initial = GlorotUniform.parameters(network().parameters(), 3);
        double lossBefore = loss(samples(40, 1), new KernelEngine()).of(initial, "the loss", 1);
        for (int looks = 1; looks < 30; looks++) {
            var remaining = new AtomicInteger(looks);
            TrainingResult result = new Trainer(network(), samples(40, 1), plain(1000, new LbfgsSettings(10, 0)),
                    new KernelEngine()).train(initial, new Recorder() {
                        @Override
                        public boolean isCancelled() {
                            return remaining.decrementAndGet() <= 0;
                        }
                    });
            assertThat(result.cancelled()).as("look %d", looks).isTrue();
            assertThat(remaining.get()).as("looks after it was cancelled").isZero();
            if (looks <= 2) {
                assertThat(result.parameters()).isEqualTo(initial);
            }
            assertThat(result.loss()).isLessThanOrEqualTo(lossBefore);
        }
    }

    private static DatasetLoss loss(Samples samples, Engine engine) {
        return new DatasetLoss(network(), () -> Loss.MSE.parts(network(), samples, Map.of()), engine);
    }

    private static TrainingSettings plain(int epochs, OptimizerSettings optimizer) {
        return new TrainingSettings(Loss.MSE, epochs, 40, true, 3, optimizer);
    }

    private static TrainingSettings withValidation(int epochs, double fraction, Optional<EarlyStopping> stopping) {
        return new TrainingSettings(Loss.MSE, epochs, 6, true, 3, ADAM, OptionalDouble.empty(),
                OptionalDouble.of(fraction), stopping);
    }

    private static TrainingResult train(TrainingSettings settings, Samples samples, Engine engine,
            TrainingProgress progress) {
        Network network = network();
        return new Trainer(network, samples, settings, engine)
                .train(GlorotUniform.parameters(network.parameters(), settings.seed()), progress);
    }

    private static Network network() {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(6, Activation.TANH), DenseLayer.of(6, Activation.TANH),
                        DenseLayer.of(1, Activation.IDENTITY))));
    }

    /** Points of a smooth function; of few points, with noise. */
    private static Samples samples(int size, long seed) {
        var random = new Random(seed);
        double[] inputs = random.doubles(2L * size, -1, 1).toArray();
        double[] targets = IntStream.range(0, size).mapToDouble(i -> Math.sin(3 * inputs[2 * i])
                * Math.exp(-inputs[2 * i + 1]) + (size < 100 ? random.nextGaussian() : 0)).toArray();
        return new Samples(List.of("x", "y"), List.of("z"), inputs, targets);
    }
}
