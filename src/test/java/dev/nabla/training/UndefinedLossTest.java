package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.network.Activation;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Lagrangian;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.ResNet;
import dev.nabla.program.Engine;
import dev.nabla.program.KernelEngine;
import dev.nabla.program.Nd4jEngine;
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
            for (OptimizerSettings optimizer : List.of(AdamSettings.DEFAULT, LbfgsSettings.DEFAULT)) {
                var settings = new TrainingSettings(loss("field - targets", Optional.empty()), 3, SAMPLES, true, 1, optimizer);
                assertThatThrownBy(() -> new Trainer(network, samples, settings, engine)
                        .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED))
                        .isInstanceOf(DivergedException.class).hasMessageMatching(
                                "the loss became (NaN|Infinity) in epoch 1, it is (NaN|Infinity) for the sample " + zeros);
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

    private static void assertUndefined(Samples samples, Map<UUID, Samples> others, TrainingSettings settings, String what) {
        Network network = Architectures.network(new ResNet(1, Activation.TANH), 2);
        assertThatThrownBy(() -> new Trainer(network, samples, others, settings, new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED)).hasMessageMatching(
                        what + " became (NaN|Infinity) in epoch 1, it is Infinity for the sample x1 = 0.0, x2 = 0.0");
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
