package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.DivergedException;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ValidationSplit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses that are no number for one sample: a training fails and says which. */
class UndefinedLossTest {

    private static final int SAMPLES = 2100;
    private static final int ZERO = 2050;

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine());
    }

    /** Without biases all units are at 0 for a sample of zeros, where tanh has no second derivative. */
    @ParameterizedTest
    @MethodSource("engines")
    void aSingularMassMatrixIsReportedWithItsSample(Engine engine) {
        for (int n = 1; n <= 2; n++) {
            Network network = Architectures.network(new Lagrangian(4, 1, Activation.TANH), 2 * n);
            Samples samples = samples(2 * n);
            String zeros = n == 1 ? "x1 = 0.0, x2 = 0.0" : "x1 = 0.0, x2 = 0.0, x3 = 0.0, x4 = 0.0";
            for (OptimizerSettings optimizer : List.of(AdamSettings.DEFAULT, LbfgsSettings.DEFAULT, SelfScaledBroydenSettings.DEFAULT,
                    NewtonSettings.DEFAULT)) {
                var settings = new TrainingSettings(loss("field - targets", Optional.empty()), 3, SAMPLES, true, 1, optimizer);
                assertThatThrownBy(() -> new Trainer(network, samples, settings, engine)
                        .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED))
                        .isInstanceOf(DivergedException.class).hasMessageMatching(
                                "the loss became (NaN|Infinity) in epoch 1, /loss/terms/0 is (NaN|Infinity) for the sample "
                                        + zeros + ": (solve with a singular matrix|division by 0)");
            }
        }
    }

    @Test
    void itIsFoundInTheDatasetOfItsTermAndAmongTheRowsOfValidation() {
        Samples zeros = samples(2);
        Samples others = zeros.rows(new int[] {1, 2, 3, 4, 5});
        UUID id = UUID.randomUUID();
        var elsewhere = new TrainingSettings(loss("y1 - log(x1)", Optional.of(id)), 3, 5, true, 1, AdamSettings.DEFAULT);
        assertUndefined(others, Map.of(id, zeros), elsewhere, "the loss");
        var settings = new TrainingSettings(loss("y1 - log(x1)", Optional.empty()), 3, 5, true, 1, AdamSettings.DEFAULT,
                OptionalDouble.empty(), OptionalDouble.of(0.2), Optional.empty());
        int row = ValidationSplit.of(others.size(), settings).validation()[0];
        Arrays.fill(others.inputs(), 2 * row, 2 * row + 2, 0);
        assertUndefined(others, Map.of(), settings, "the validation loss");
    }

    /** The derivative of y^0.5 at 0 is infinite, of which 0 times is no number; with W = 1 and b = 0, y is 0 where x is. */
    @ParameterizedTest
    @MethodSource("engines")
    void aGradientThatIsNotFiniteIsReportedWithItsTermAndItsSample(Engine engine) {
        Samples samples = samples(1);
        var loss = new EquationLoss(List.of(new LossTerm("y1 - targets", Optional.empty(), 1),
                new LossTerm("y1^0.25", Optional.empty(), 1)));
        for (OptimizerSettings optimizer : List.of(AdamSettings.DEFAULT, LbfgsSettings.DEFAULT, SelfScaledBroydenSettings.DEFAULT,
                NewtonSettings.DEFAULT)) {
            for (OptionalDouble clipping : List.of(OptionalDouble.empty(), OptionalDouble.of(1))) {
                var settings = new TrainingSettings(loss, 3, SAMPLES, true, 1, optimizer, clipping, OptionalDouble.empty(),
                        Optional.empty());
                assertThatThrownBy(() -> new Trainer(affine(), samples, settings, engine)
                        .train(new double[] {1, 0}, TrainingProgress.IGNORED)).isInstanceOf(DivergedException.class)
                        .hasMessageMatching("the gradient of the loss is not finite in epoch 1, that of /loss/terms/1 is "
                                + "(NaN|Infinity) for the sample x1 = 0.0: division by 0");
            }
        }
    }

    /** At x = 0 the loss is b^0.5: the first step of length 2 from b = 1 ends at 0 exactly. */
    @ParameterizedTest
    @MethodSource("engines")
    void itIsReportedInTheEpochInWhichItBecameSo(Engine engine) {
        var settings = new TrainingSettings(loss("y1^0.25", Optional.empty()), 2, 1, true, 1,
                new GradientDescentSettings(2, LearningRateSchedule.CONSTANT));
        var samples = new Samples(List.of("x1"), List.of("t1"), new double[] {0}, new double[] {0});
        assertThatThrownBy(() -> new Trainer(affine(), samples, settings, engine)
                .train(new double[] {1, 1}, TrainingProgress.IGNORED)).hasMessage("the gradient of the loss is not finite in "
                        + "epoch 2, that of /loss/terms/0 is NaN for the sample x1 = 0.0: division by 0; try a lower learning rate than 2.0, "
                        + "or gradient clipping");
    }

    /** From y = 1 down, the first trial of the search is at 0 exactly, where the loss is lowest and has no gradient. */
    @Test
    void aLineSearchStaysAwayFromPointsWithoutAGradient() {
        DifferentiableFunction function = (point, gradient) -> {
            gradient[0] = 0.5 * Math.signum(point[0]) / Math.sqrt(Math.abs(point[0]));
            return Math.sqrt(Math.abs(point[0]));
        };
        var search = new WolfeLineSearch(function, new double[] {1}, new double[] {-1}, 1, -0.5);
        assertThat(search.search(1)).isLessThan(1);
        assertThat(search.gradient()[0]).isFinite();
    }

    private static Network affine() {
        return Architectures.network(new Chain(List.of(new AffineLayer(1))), 1);
    }

    private static void assertUndefined(Samples samples, Map<UUID, Samples> others, TrainingSettings settings, String what) {
        Network network = Architectures.network(new ResNet(1, Activation.TANH), 2);
        assertThatThrownBy(() -> new Trainer(network, samples, others, settings, new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED)).hasMessageMatching(
                        what + " became (NaN|Infinity) in epoch 1, /loss/terms/0 is Infinity for the sample x1 = 0.0, x2 = 0.0"
                                + ": log of 0");
    }

    private static EquationLoss loss(String equation, Optional<UUID> dataset) {
        return new EquationLoss(List.of(new LossTerm(equation, dataset, 1)));
    }

    private static Samples samples(int inputs) {
        var random = new Random(3);
        double[] values = random.doubles((long) SAMPLES * inputs, 0.5, 1).toArray();
        Arrays.fill(values, ZERO * inputs, (ZERO + 1) * inputs, 0);
        return new Samples(NetworkDefinition.numbered("x", inputs), NetworkDefinition.numbered("t", inputs), values,
                random.doubles((long) SAMPLES * inputs, -1, 1).toArray());
    }
}
