package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.DamagedStateException;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.FullBatchSettings;
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
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** n + m epochs are one training of n + m, to the last bit, and so is one that is interrupted between any two steps. */
class ContinuationTest {

    private static final int FIRST = 5;
    private static final int ALL = 9;
    private static final String MODEL = """
            {"inputs": ["x"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 5}, {"units": 1, "activation": "identity"}]}},
             "coefficients": {"a": {"initial": 0.5, "min": 0.4}, "b": {"initial": [1, -1], "min": -2, "max": 1},
                              "c": {"initial": 3}},
             "outputs": {"u": "a * N(x) + b[1] * x + b[2] + 0 * c"}}}""";

    private static final GaussNewtonSettings GAUSS_NEWTON = new GaussNewtonSettings(1e-3, Space.AUTO, 0.5, 0);

    /** Every optimizer with every schedule that says itself how far it goes. */
    static Stream<OptimizerSettings> optimizers() {
        return Stream.concat(Stream.of(new LbfgsSettings(3, 0), new SelfScaledBroydenSettings(0),
                new NewtonSettings(0.5, 7, 0), GAUSS_NEWTON), Stream.of(LearningRateSchedule.CONSTANT, new Exponential(0.9),
                new Geometric(1e-4, 7), new Cosine(1e-4, 6), new Step(2, 0.5), new CosineRestarts(2, 2, 1e-4),
                new WarmUp(3, new Cosine(0, 4))).flatMap(schedule -> Stream.of(new GradientDescentSettings(0.05, schedule),
                        new MomentumSettings(0.02, 0.9, schedule), new AdamSettings(0.01, 0.9, 0.999, 1e-8, schedule),
                        new AdamWSettings(0.01, 0.9, 0.999, 1e-8, 0.1, true, schedule))));
    }

    @Test
    void noOptimizerAndNoScheduleIsLeftOut() {
        assertThat(optimizers().<Class<?>>map(Object::getClass).distinct()).containsExactlyInAnyOrderElementsOf(
                cases(OptimizerSettings.class).toList());
        assertThat(optimizers().filter(AdamSettings.class::isInstance)
                .<Class<?>>map(settings -> ((AdamSettings) settings).schedule().getClass()))
                .containsExactlyInAnyOrder(LearningRateSchedule.class.getPermittedSubclasses());
    }

    private static Stream<Class<?>> cases(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ContinuationTest::cases) : Stream.of(type);
    }

    /** Where a training may be interrupted, and what it is taken up with. */
    private record Interruption(int epochs, byte[] state) {}

    /** What is told of the epochs of a training. */
    private static final class Followed implements TrainingProgress {

        private final List<String> epochs = new ArrayList<>();
        private final List<Interruption> interruptions = new ArrayList<>();

        @Override
        public boolean wantsState() {
            return true;
        }

        @Override
        public void stateReached(StateWriter state) {
            interruptions.add(new Interruption(epochs.size(), state.bytes().orElseThrow()));
        }

        @Override
        public void epochFinished(int epoch, EpochLosses losses) {
            epochs.add(epoch + " " + losses.loss() + " " + Arrays.toString(losses.terms()) + Arrays.toString(losses.multipliers())
                    + losses.validation() + losses.coefficients().map(values -> values.numbers().toString()));
        }

    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aNetworkWithValidationGoesOn(OptimizerSettings optimizer) {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            assertSame(network("{\"inputs\": [\"x\"], \"outputs\": [\"u\"], \"layers\": [{\"units\": 4}, {\"units\": 1}]}"),
                    settings(Loss.MSE, optimizer, true, Optional.of(new EarlyStopping(50, 0))), engine);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aModelOfEquationsWithBoundsFactorsAndWhatIsFrozenGoesOn(OptimizerSettings optimizer) {
        TrainingSettings plain = settings(loss("[{\"equation\": \"outputs.u - targets.u\"}, {\"equation\": \"D(outputs.u, x)\", \"weight\": 0.1}]", ""),
                optimizer, false, Optional.empty());
        assertSame(network(MODEL), new TrainingSettings(plain.loss(), ALL, 8, true, 3, optimizer, OptionalDouble.of(0.5),
                OptionalDouble.empty(), Optional.empty(), List.of(), List.of("N.L1.W"),
                optimizer instanceof FullBatchSettings ? Map.of() : Map.of("N.L2.*", 0.5, "a", 3.0), Precision.DOUBLE), new KernelEngine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed", "gradient-norm", "learned"})
    void weightsOfTermsAndDrawnPointsGoOn(String weights) {
        Objective loss = loss("""
                [{"equation": "D(outputs.u, x) - x", "sample": {"points": 12, "ranges": {"x": [0, 1]}, "resampleEvery": 3,
                  "adaptive": "residual"}}, {"equation": "outputs.u - targets.u"},
                 {"equation": "outputs.u", "sample": {"points": 5, "method": "sobol", "ranges": {"x": [0, 1]}, "resampleEvery": 2}}]""",
                ", \"weights\": \"" + weights + "\"");
        for (OptimizerSettings optimizer : weights.equals("fixed") ? List.of(AdamSettings.DEFAULT, new LbfgsSettings(3, 0),
                new SelfScaledBroydenSettings(0), new NewtonSettings(0.5, 7, 0), GAUSS_NEWTON)
                : List.of(AdamSettings.DEFAULT, MomentumSettings.DEFAULT)) {
            assertSame(network(MODEL), settings(loss, optimizer, false, Optional.empty()), new KernelEngine());
        }
    }

    /** With moments that are floats. */
    @Test
    void aTrainingInSinglePrecisionGoesOn() {
        assertSame(network("{\"inputs\": [\"x\"], \"outputs\": [\"u\"], \"layers\": [{\"units\": 50}, {\"units\": 45}, {\"units\": 1}]}"),
                settings(Loss.MSE, AdamSettings.DEFAULT, true, Optional.empty()), new KernelEngine(Precision.SINGLE));
    }

    /** One that falls to the last epoch of a training stays where it was then. */
    @Test
    void aScheduleKeepsTheEpochsThatItWasOver() {
        var optimizer = new AdamSettings(0.01, 0.9, 0.999, 1e-8, new WarmUp(1, new Cosine(1e-3)));
        TrainingSettings first = settings(Loss.MSE, optimizer, false, Optional.empty());
        assertThat(((AdamSettings) first.upTo(20).optimizer()).schedule()).isEqualTo(new WarmUp(1, new Cosine(1e-3, ALL - 1)));
        assertThat(first.upTo(20).upTo(30).optimizer()).isEqualTo(first.upTo(20).optimizer());
    }

    /** The training of all epochs would have stopped behind the first ones. */
    @Test
    void patienceGoesOn() {
        Network network = network("{\"inputs\": [\"x\"], \"outputs\": [\"u\"], \"layers\": [{\"units\": 1}]}");
        for (int patience = 2; patience < ALL; patience++) {
            assertSame(network, settings(Loss.MSE, new GradientDescentSettings(1e-30, LearningRateSchedule.CONSTANT), true,
                    Optional.of(new EarlyStopping(patience, 0))), new KernelEngine());
        }
    }

    @Test
    void aDamagedStateIsNotTakenUp() {
        Network network = network(MODEL);
        TrainingSettings settings = settings(Loss.MSE, AdamSettings.DEFAULT, false, Optional.empty());
        var trainer = new Trainer(network, samples(), settings, new KernelEngine());
        byte[] state = trainer.train(GlorotUniform.parameters(network.parameters(), 1), new Followed()).state().orElseThrow();
        for (int i : new int[] {0, 1, state.length / 2, state.length - 1}) {
            byte[] damaged = state.clone();
            damaged[i] ^= 4;
            assertThatThrownBy(() -> trainer.goOn(damaged, new Followed())).isInstanceOf(DamagedStateException.class);
        }
        assertThatThrownBy(() -> trainer.goOn(new byte[3], new Followed())).isInstanceOf(DamagedStateException.class);
        var other = new Trainer(network, samples(), settings(Loss.MSE, MomentumSettings.DEFAULT, false, Optional.empty()),
                new KernelEngine());
        assertThatThrownBy(() -> other.goOn(state, new Followed())).isInstanceOf(DamagedStateException.class)
                .hasMessage("the state of the training that goes on is too long");
    }

    private static void assertSame(Network network, TrainingSettings all, Engine engine) {
        double[] start = GlorotUniform.parameters(network.parameters(), 1);
        var whole = new Followed();
        TrainingResult expected = new Trainer(network, samples(), all, engine).train(start, whole);
        assertSameWhenInterrupted(network, all, engine, whole, expected);
        var parts = new Followed();
        TrainingSettings first = new TrainingSettings(all.loss(), FIRST, all.batchSize(), all.shuffle(), all.seed(),
                all.optimizer(), all.gradientClipping(), all.validationFraction(), all.earlyStopping(), all.metrics(), all.freeze(),
                all.learningRateFactors(), all.precision());
        TrainingResult before = new Trainer(network, samples(), first, engine).train(start, parts);
        if (before.stop().isPresent()) {
            assertThat(before.state()).isEmpty();
            return;
        }
        TrainingResult result = new Trainer(network, samples(), first.upTo(ALL), engine).goOn(before.state().orElseThrow(), parts);
        assertSame(result, parts.epochs, expected, whole.epochs, engine.name() + ", " + all.optimizer());
    }

    private static void assertSameWhenInterrupted(Network network, TrainingSettings all, Engine engine, Followed whole,
            TrainingResult expected) {
        int stepsOfEpoch = all.optimizer() instanceof FullBatchSettings ? 1 : 3;
        assertThat(whole.interruptions).hasSizeGreaterThanOrEqualTo(whole.epochs.size() * stepsOfEpoch - 1);
        for (int i = 0; i < whole.interruptions.size(); i += 5) {
            Interruption interruption = whole.interruptions.get(i);
            var rest = new Followed();
            rest.epochs.addAll(whole.epochs.subList(0, interruption.epochs()));
            TrainingResult result = new Trainer(network, samples(), all, engine).goOn(interruption.state(), rest);
            assertSame(result, rest.epochs, expected, whole.epochs, "%s, %s, interruption %d".formatted(engine.name(),
                    all.optimizer(), i));
        }
    }

    private static void assertSame(TrainingResult result, List<String> epochs, TrainingResult expected,
            List<String> expectedEpochs, String what) {
        assertThat(epochs).as(what).isEqualTo(expectedEpochs);
        assertThat(bits(result.last())).isEqualTo(bits(expected.last()));
        assertThat(bits(result.best())).isEqualTo(bits(expected.best()));
        assertThat(bits(result.parameters())).isEqualTo(bits(expected.parameters()));
        assertThat(result.loss()).isEqualTo(expected.loss());
        assertThat(result.stop()).isEqualTo(expected.stop());
        assertThat(result.state().map(Arrays::toString)).isEqualTo(expected.state().map(Arrays::toString));
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static Samples samples() {
        double[] inputs = new Random(2).doubles(30, -1, 1).toArray();
        return new Samples(List.of("x"), List.of("u"), inputs, Arrays.stream(inputs).map(x -> Math.sin(3 * x)).toArray());
    }

    private static TrainingSettings settings(Objective loss, OptimizerSettings optimizer, boolean validation,
            Optional<EarlyStopping> earlyStopping) {
        return new TrainingSettings(loss, ALL, 8, true, 3, optimizer, OptionalDouble.empty(),
                validation ? OptionalDouble.of(0.2) : OptionalDouble.empty(), earlyStopping);
    }

    private static Objective loss(String terms, String rest) {
        return DocumentReader.trusted("{\"terms\": " + terms + rest + "}", EquationLoss.class);
    }

    private static Network network(String document) {
        return Network.of(DocumentReader.trusted(document, NetworkDocument.class).definition());
    }
}
