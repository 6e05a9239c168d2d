package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossProgram;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.program.AutoEngine;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

class TrainerTest {

    private static final Activation[] SMOOTH = Stream.of("tanh", "sigmoid", "softplus", "gelu", "swish", "sin", "erf")
            .map(name -> Activation.named(name).orElseThrow()).toArray(Activation[]::new);

    private static final AdamSettings FAST = new AdamSettings(0.01, 0.9, 0.999, 1e-3);

    /** Cancels before the epoch after {@code lastEpoch}. */
    private static final class CancellingRecorder extends Recorder {
        private final int lastEpoch;
        private int asked;

        private CancellingRecorder(int lastEpoch) {
            this.lastEpoch = lastEpoch;
        }

        @Override
        public boolean isCancelled() {
            asked++;
            return losses.size() == lastEpoch;
        }
    }

    static Stream<Class<?>> optimizers() {
        return optimizers(OptimizerSettings.class);
    }

    private static Stream<Class<?>> optimizers(Class<?> type) {
        return type.isRecord() ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(TrainerTest::optimizers);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerLowersTheLoss(Class<? extends Record> type) {
        var settings = new TrainingSettings(Loss.MSE, 40, 441, true, 1,
                (OptimizerSettings) DocumentReader.defaults(type));
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            var recorder = new Recorder();
            new Trainer(network(), gaussian(), settings, engine)
                    .train(GlorotUniform.parameters(network().parameters(), 1), recorder);
            assertThat(recorder.losses.getLast()).as(engine.name()).isLessThan(0.99 * recorder.losses.getFirst());
        }
    }

    /** Adam as the paper writes it, on the gradients of the same steps. */
    @Test
    void updatesAreAdams() {
        Network network = network();
        Samples samples = gaussian();
        double[] initial = GlorotUniform.parameters(network.parameters(), 1);
        var settings = new TrainingSettings(Loss.MSE, 3, 100, true, 1, FAST);
        double[] trained = new Trainer(network, samples, settings, new Nd4jEngine()).train(initial, new Recorder())
                .parameters();

        var step = new LossProgram(network, Loss.MSE.parts(network, samples, Map.of()).getFirst(), new Nd4jEngine());
        var order = new EpochOrder(samples.size(), true, 1);
        double[] theta = initial.clone();
        double[] m = new double[theta.length];
        double[] v = new double[theta.length];
        int t = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            for (int from = 0; from < 441; from += 100) {
                step.parameters().assign(Nd4j.createFromArray(theta));
                step.compute(order.ofEpoch(epoch), from, Math.min(from + 100, 441));
                double[] g = step.gradient().toDoubleVector();
                t++;
                for (int i = 0; i < theta.length; i++) {
                    m[i] = 0.9 * m[i] + 0.1 * g[i];
                    v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                    double mHat = m[i] / (1 - Math.pow(0.9, t));
                    double vHat = v[i] / (1 - Math.pow(0.999, t));
                    theta[i] -= 0.01 * mHat / (Math.sqrt(vHat) + 1e-3);
                }
            }
        }
        for (int i = 0; i < theta.length; i++) {
            assertThat(trained[i]).as("parameter %d", i).isCloseTo(theta[i], within(1e-12));
        }
    }

    /** Of less, the order tells which samples are in a batch. */
    @Test
    void theOrderOfAllSamplesInOneBatchIsOfNoConsequence() {
        for (int batchSize : new int[] {440, 441, 1000}) {
            double[] asPosted = trained(new TrainingSettings(Loss.MSE, 5, batchSize, false, 1, FAST));
            double[] shuffled = trained(new TrainingSettings(Loss.MSE, 5, batchSize, true, 1, FAST));
            assertThat(Arrays.equals(asPosted, shuffled)).as("in batches of %d", batchSize).isEqualTo(batchSize >= 441);
        }
    }

    private static double[] trained(TrainingSettings settings) {
        double[] initial = GlorotUniform.parameters(network().parameters(), 1);
        return new Trainer(network(), gaussian(), settings, new KernelEngine()).train(initial, new Recorder()).parameters();
    }

    /** By powers of two, with which nothing is rounded. */
    @ParameterizedTest
    @EnumSource(names = {"MSE", "MAE", "RELATIVE_L2"})
    void trainingOfNormalizedOutputsDoesNotDependOnTheUnitOfTargets(Loss loss) {
        for (FirstOrderSettings optimizer : List.of(AdamSettings.DEFAULT, AdamWSettings.DEFAULT)) {
            double[] parameters = learnedInUnit(1, loss, optimizer);
            for (int exponent : new int[] {-60, -20, 20, 60}) {
                assertThat(learnedInUnit(Math.scalb(1.0, exponent), loss, optimizer)).as("2^%d, %s", exponent, optimizer).isEqualTo(parameters);
            }
        }
    }

    /** All parameters but the numbers of the normalization. */
    private static double[] learnedInUnit(double unit, Loss loss, FirstOrderSettings optimizer) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
                new Chain(List.of(DenseLayer.of(5, Activation.TANH), DenseLayer.of(1, Activation.IDENTITY))),
                Optional.of(new Normalization(Scaling.Fitted.STANDARD, Scaling.Fitted.STANDARD))));
        double[] x = IntStream.range(0, 40).mapToDouble(i -> i / 40.0).toArray();
        var samples = new Samples(List.of("x"), List.of("y"), x, Arrays.stream(x).map(of -> unit * (3 + Math.sin(7 * of))).toArray());
        var settings = new TrainingSettings(loss, 30, 10, true, 1, optimizer);
        double[] initial = FittedNormalization.initialParameters(network, Optional.of(samples), Map.of(), settings);
        double[] all = new Trainer(network, samples, settings, new KernelEngine()).train(initial, new Recorder()).parameters();
        var parameters = network.parameters().parameters();
        return IntStream.range(0, parameters.size()).filter(i -> !parameters.get(i).path().startsWith("normalization"))
                .boxed().flatMapToDouble(i -> Arrays.stream(all, network.parameters().offset(i),
                        i + 1 < parameters.size() ? network.parameters().offset(i + 1) : all.length)).toArray();
    }

    @Test
    void anEpochOf441SamplesInBatchesOf10Is45StepsAndItsLossTheirMean() {
        var settings = new TrainingSettings(Loss.RELATIVE_L2, 1, 10, false, 1, AdamSettings.DEFAULT);
        assertThat(settings.stepsPerEpoch(441)).isEqualTo(45);
        var recorder = new CancellingRecorder(-1);
        Network network = network();
        double[] initial = GlorotUniform.parameters(network.parameters(), 5);
        var nearlyStill = new TrainingSettings(Loss.RELATIVE_L2, 1, 10, false, 1,
                new AdamSettings(1e-300, 0.9, 0.999, 1e-8));
        new Trainer(network, gaussian(), nearlyStill, new Nd4jEngine()).train(initial, recorder);
        assertThat(recorder.asked).as("times between steps").isEqualTo(44);
        var step = new LossProgram(network, Loss.RELATIVE_L2.parts(network, gaussian(), Map.of()).getFirst(),
                new Nd4jEngine());
        step.parameters().assign(Nd4j.createFromArray(initial));
        int[] order = IntStream.range(0, 441).toArray();
        double mean = IntStream.range(0, 45).mapToDouble(b -> step.compute(order, 10 * b, Math.min(10 * b + 10, 441)))
                .average().orElseThrow();
        assertThat(recorder.losses).singleElement().satisfies(loss -> assertThat(loss).isCloseTo(mean, within(1e-12)));
    }

    /** In the median over seeds, as single starts may stall. */
    @Test
    void learnsTheGaussian() {
        double[] ratios = IntStream.range(0, 5).mapToDouble(seed -> {
            var recorder = new Recorder();
            TrainingResult result = train(new TrainingSettings(Loss.MSE, 20, 10, true, seed, FAST), recorder);
            assertThat(result.cancelled()).isFalse();
            return result.loss() / recorder.losses.getFirst();
        }).sorted().toArray();
        assertThat(ratios[2]).as(Arrays.toString(ratios)).isLessThan(0.5);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        var settings = new TrainingSettings(Loss.MSE, 5, 32, true, 77, AdamSettings.DEFAULT);
        assertThat(train(settings, new Recorder()).parameters()).isEqualTo(train(settings, new Recorder()).parameters());
    }

    /** Over random depths, widths, activations, losses and batch sizes, with left-over batches and several tiles. */
    @Test
    void bothEnginesLearnTheSame() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            Loss loss = random.nextBoolean() ? Loss.MSE : Loss.RELATIVE_L2;
            int batchSize = new int[] {1, 10, 64, 150, 441}[random.nextInt(5)];
            Network network = randomNetwork(random);
            var settings = new TrainingSettings(loss, batchSize == 1 ? 1 : 3, batchSize, true, seed, FAST);
            double[] initial = GlorotUniform.parameters(network.parameters(), seed);
            TrainingResult reference = new Trainer(network, gaussian(), settings, new Nd4jEngine())
                    .train(initial, new Recorder());
            for (Engine engine : List.of(new KernelEngine(), new AutoEngine(new KernelEngine(), new Nd4jEngine()))) {
                TrainingResult result = new Trainer(network, gaussian(), settings, engine)
                        .train(initial, new Recorder());
                double largest = Arrays.stream(reference.parameters()).map(Math::abs).max().orElseThrow();
                for (int i = 0; i < initial.length; i++) {
                    assertThat(result.parameters()[i])
                            .as("%s, seed %d, %s, batches of %d, parameter %d", engine.name(), seed, loss, batchSize, i)
                            .isCloseTo(reference.parameters()[i], within(1e-10 * largest));
                }
                assertThat(result.loss()).isCloseTo(reference.loss(), within(1e-10 * reference.loss()));
            }
        }
    }

    private static Network randomNetwork(Random random) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int layer = random.nextInt(4); layer > 0; layer--) {
            layers.add(new DenseLayer(1 + random.nextInt(40), SMOOTH[random.nextInt(SMOOTH.length)],
                    random.nextInt(4) > 0));
        }
        layers.add(DenseLayer.of(1, random.nextBoolean() ? Activation.TANH : Activation.IDENTITY));
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"), layers));
    }

    @Test
    void cancellingKeepsWhatWasLearned() {
        var recorder = new CancellingRecorder(3);
        TrainingResult result = train(new TrainingSettings(Loss.MSE, 1000, 32, true, 2, FAST), recorder);
        assertThat(result.cancelled()).isTrue();
        assertThat(recorder.losses).hasSize(3);
        assertThat(result.loss()).isLessThan(recorder.losses.getFirst());
    }

    @Test
    void aLossThatIsNoNumberIsReportedWithItsEpoch() {
        var settings = new TrainingSettings(Loss.MSE, 10, 32, true, 2, new AdamSettings(1e200, 0.9, 0.999, 1e-8));
        Network linear = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(3, Activation.IDENTITY), DenseLayer.of(1, Activation.IDENTITY))));
        assertThatThrownBy(() -> new Trainer(linear, gaussian(), settings, new Nd4jEngine())
                .train(GlorotUniform.parameters(linear.parameters(), 1), new Recorder()))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("the loss became (Infinity|NaN) in epoch 1"
                        + "(, it is (Infinity|NaN) for the sample x = .*|; try a lower learning rate than 1.0E200, or gradient clipping)");
    }

    /** The loss is 1e300, and by the weight its derivative too. */
    @Test
    void aGradientWhoseSquareIsInfiniteEndsATrainingByAdam() {
        Network linear = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("z"),
                List.of(DenseLayer.of(1, Activation.IDENTITY))));
        var samples = new Samples(List.of("x"), List.of("z"), new double[] {1e150, 2e150}, new double[] {0, 0});
        for (OptionalDouble clipping : List.of(OptionalDouble.empty(), OptionalDouble.of(1))) {
            var settings = new TrainingSettings(Loss.MSE, 3, 1, false, 2, AdamSettings.DEFAULT, clipping, OptionalDouble.empty(),
                    Optional.empty());
            ThrowingCallable train = () -> new Trainer(linear, samples, settings, new KernelEngine()).train(new double[] {1, 0},
                    new Recorder());
            if (clipping.isPresent()) {
                assertThatCode(train).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(train).isInstanceOf(DivergedException.class).hasMessage("a moment of the gradient is not finite"
                        + " in epoch 1; try a lower learning rate than 0.001, or gradient clipping");
            }
        }
    }

    @Test
    void batchesOfZeroTargetsAreFoundWithTheirRows() {
        double[] targets = new double[10];
        Arrays.fill(targets, 1);
        targets[9] = 0;
        var samples = new Samples(List.of("x"), List.of("z"), new double[10], targets);
        assertThat(ZeroTargets.firstBatch(samples, settings(9, false))).hasValueSatisfying(
                batch -> assertThat(batch.rows()).containsExactly(9));
        assertThat(ZeroTargets.firstBatch(samples, settings(10, false))).isEmpty();
        assertThat(ZeroTargets.firstBatch(samples, settings(2, true))).isEmpty();
        assertThat(ZeroTargets.firstBatch(samples, settings(3, true))).hasValueSatisfying(batch -> {
            assertThat(batch.rows()).containsExactly(9);
            assertThat(new EpochOrder(10, true, 4).ofEpoch(batch.epoch() - 1)[9]).isEqualTo(9);
        });
    }

    private static TrainingSettings settings(int batchSize, boolean shuffle) {
        return new TrainingSettings(Loss.RELATIVE_L2, 1000, batchSize, shuffle, 4, AdamSettings.DEFAULT);
    }

    private static TrainingResult train(TrainingSettings settings, TrainingProgress progress) {
        Network network = network();
        return new Trainer(network, gaussian(), settings, new Nd4jEngine())
                .train(GlorotUniform.parameters(network.parameters(), settings.seed()), progress);
    }

    /** Though they run in the same memory, one after the other, and go on in what was compiled for it. */
    @ParameterizedTest
    @EnumSource
    void equalTrainingsEndInTheSameBitsWhateverRanBefore(Precision precision) throws Exception {
        Network network = network(40);
        Engine engine = new KernelEngine(precision);
        var budget = new MemoryBudget("trainings", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        Callable<double[]> plain = () -> trainedIn(budget, network, gaussian(), engine, 1);
        double[] expected = new Trainer(network, gaussian(), settingsOf(1), engine)
                .train(GlorotUniform.parameters(network.parameters(), 1), new Recorder()).parameters();
        assertThat(plain.call()).isEqualTo(expected);
        Samples undefined = new Samples(List.of("x", "y"), List.of("z"), gaussian().inputs(), gaussian().targets().clone());
        undefined.targets()[200] = 1e300;
        assertThatThrownBy(() -> trainedIn(budget, network, undefined, engine, 3)).isInstanceOf(DivergedException.class);
        assertThat(trainedIn(budget, network, gaussian(), engine, 2)).isNotEqualTo(expected);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var trained : threads.invokeAll(Collections.nCopies(12, plain))) {
                assertThat(trained.get()).isEqualTo(expected);
            }
        }
    }

    private static TrainingSettings settingsOf(long seed) {
        return new TrainingSettings(Loss.MSE, 3, 50, true, seed, FAST);
    }

    private static double[] trainedIn(MemoryBudget budget, Network network, Samples samples, Engine engine, long seed) {
        double[][] trained = new double[1][];
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            work.run(() -> trained[0] = new Trainer(network, samples, settingsOf(seed), engine)
                    .train(GlorotUniform.parameters(network.parameters(), 1), new Recorder()).parameters());
        }
        return trained[0];
    }

    /** What stays is of the parameters alone. */
    @Test
    void givesBackWhatItComputedIn() {
        for (OptionalDouble validation : List.of(OptionalDouble.empty(), OptionalDouble.of(0.5))) {
            assertThat(heldBehind(441, 200, validation)).as("validation %s", validation).isEqualTo(heldBehind(40, 10, validation));
        }
    }

    /** Outside of the heap, of so many rows in batches of a size. */
    private static long heldBehind(int rows, int batch, OptionalDouble validation) {
        var settings = new TrainingSettings(Loss.MSE, 2, batch, true, 1, FAST, OptionalDouble.empty(), validation, Optional.empty(),
                List.of(Metric.MAE));
        Network network = network();
        var budget = new MemoryBudget("trainings", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        long[] held = new long[1];
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            work.run(() -> {
                new Trainer(network, gaussian().rows(IntStream.range(0, rows).toArray()), settings, new KernelEngine())
                        .train(GlorotUniform.parameters(network.parameters(), 1), new Recorder());
                held[0] = budget.held(Place.OFF_HEAP);
            });
        }
        return held[0];
    }

    private static Network network() {
        return network(3);
    }

    private static Network network(int units) {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(units, Activation.TANH), DenseLayer.of(units, Activation.TANH),
                        DenseLayer.of(1, Activation.TANH))));
    }

    /** 441 points of exp(−(x² + y²)) on the square from −1 to 1. */
    private static Samples gaussian() {
        double[] inputs = new double[882];
        double[] targets = new double[441];
        for (int i = 0; i < 441; i++) {
            double x = -1 + 0.1 * (i % 21);
            double y = -1 + 0.1 * (i / 21);
            inputs[2 * i] = x;
            inputs[2 * i + 1] = y;
            targets[i] = Math.exp(-(x * x + y * y));
        }
        return new Samples(List.of("x", "y"), List.of("z"), inputs, targets);
    }
}
