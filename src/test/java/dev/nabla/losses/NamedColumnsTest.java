package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns in another order than the network's, of u = x + 2t and v = 10x + 20t. */
class NamedColumnsTest {

    private static final UUID OTHER = UUID.randomUUID();
    private static final int SIZE = 20;
    private static final double[] EXACT = {1, 2, 10, 20, 0, 0};
    private static final Network NETWORK = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "t"),
            List.of("u", "v"), List.of(DenseLayer.of(2, Activation.IDENTITY))));

    @Test
    void aNamedLossComparesEveryOutputWithTheTargetOfItsName() {
        assertThat(fitted(Loss.MSE, samples("t", "x", "v", "u"))).containsExactly(EXACT, within(1e-4));
    }

    @Test
    void termsReachTargetsThatAreCalledLikeOutputsInEveryDataset() {
        var loss = new EquationLoss(List.of(term("outputs.u - targets.u", Optional.empty()),
                term("outputs.v - targets.v", Optional.of(OTHER)),
                term("outputs[1] - inputs[1] - inputs.t - t", Optional.of(OTHER))));
        assertThat(fitted(loss, samples("t", "x", "u", "v"))).containsExactly(EXACT, within(1e-4));
    }

    /** Also where it is a later term whose dataset has the first names. */
    @Test
    void theDatasetsOfATrainingAreMatchedWithEachOtherWhereTheNetworkHasNoNames() {
        Network unnamed = Network.of(new NetworkDefinition(Optional.empty(), List.of("x1", "x2"), List.of("u", "v"),
                List.of(DenseLayer.of(2, Activation.IDENTITY))));
        var third = UUID.randomUUID();
        Map<UUID, Samples> others = Map.of(OTHER, samples("x", "t", "u", "g"), third, samples("t", "x", "g", "v"));
        var loss = new EquationLoss(List.of(term("outputs.u - targets.u", Optional.of(OTHER)),
                term("outputs.v - targets.v + t - x2", Optional.of(third))));
        var settings = new TrainingSettings(loss, 300, SIZE, false, 1, LbfgsSettings.DEFAULT);
        var rows = new Samples(List.of("x1", "x2"), List.of(), new double[2], new double[0]);
        double[] initial = GlorotUniform.parameters(unnamed.parameters(), 2);
        for (Samples own : List.of(rows, samples("x", "t", "u", "v"))) {
            assertThat(new Trainer(unnamed, own, others, settings, new KernelEngine())
                    .train(initial, TrainingProgress.IGNORED).parameters()).containsExactly(EXACT, within(1e-4));
        }
        assertThatThrownBy(() -> new Trainer(unnamed, samples("x", "y", "u", "v"), others, settings, new KernelEngine()))
                .isInstanceOf(UnmatchedNamesException.class).hasMessageContaining("[x, y]").hasMessageContaining("[x, t]");
    }

    /** To the last bit, and with rows of validation. */
    @ParameterizedTest
    @MethodSource("objectives")
    void theOrderOfNamedColumnsDoesNotMatter(Objective loss) {
        var settings = new TrainingSettings(loss, 20, 6, true, 3, new AdamSettings(0.01, 0.9, 0.999, 1e-8),
                OptionalDouble.empty(), OptionalDouble.of(0.25), Optional.empty());
        double[] initial = GlorotUniform.parameters(NETWORK.parameters(), 1);
        TrainingResult ordered = trainer(settings, samples("x", "t", "u", "v")).train(initial, TrainingProgress.IGNORED);
        TrainingResult swapped = trainer(settings, samples("t", "x", "v", "u")).train(initial, TrainingProgress.IGNORED);
        assertThat(swapped.parameters()).isEqualTo(ordered.parameters()).isNotEqualTo(initial);
        assertThat(swapped.loss()).isEqualTo(ordered.loss());
    }

    static List<Objective> objectives() {
        return List.of(Loss.MSE, Loss.RELATIVE_L2, new EquationLoss(List.of(
                term("outputs.u - targets.u - x + inputs.x", Optional.empty()),
                term("outputs - [targets.u, targets.v] + t - inputs.t", Optional.of(OTHER)))),
                new EquationLoss(List.of(term("outputs - targets", Optional.empty()),
                        term("2 * (outputs - targets)", Optional.of(OTHER)))));
    }

    @ParameterizedTest
    @CsvSource({"u, 0", "u - targets.u, 0", "outputs.v * u, 12"})
    void aBareNameOfAnOutputAndATargetIsRefused(String equation, int position) {
        var loss = new EquationLoss(List.of(term(equation, Optional.empty())));
        assertThatThrownBy(() -> loss.parts(NETWORK, samples("x", "t", "u", "g"), Map.of()))
                .isInstanceOfSatisfying(InvalidLossException.class, e -> {
                    assertThat(e.problems("").getFirst().position()).isEqualTo(position);
                    assertThat(e).hasMessage("term 0 of the loss: 'u' could mean several things here: "
                            + "write outputs.u or targets.u");
                });
    }

    /** The inputs of the network by other columns' names, which position matches. */
    @Test
    void aTargetThatIsCalledLikeAnInputIsRefusedByItsBareName() {
        var samples = new Samples(List.of("x1", "x2"), List.of("x"), new double[2], new double[1]);
        var loss = new EquationLoss(List.of(term("v - x", Optional.empty()),
                term("x1 - inputs.x2 + targets.x", Optional.empty())));
        assertThatThrownBy(() -> loss.parts(NETWORK, samples, Map.of())).hasMessage(
                "term 0 of the loss: 'x' could mean several things here: write inputs.x or targets.x");
    }

    @Test
    void unmatchedNamesAreRefusedInEveryDataset() {
        var settings = new TrainingSettings(Loss.MSE, 1, 6, true, 3, LbfgsSettings.DEFAULT);
        assertThatThrownBy(() -> fitted(Loss.MSE, samples("x", "t", "u", "g"))).isInstanceOf(UnmatchedNamesException.class)
                .hasMessageContaining("[u, v]").hasMessageContaining("[u, g]");
        assertThatThrownBy(() -> trainer(settings, samples("x", "y", "u", "v"))).isInstanceOf(UnmatchedNamesException.class)
                .hasMessageContaining("[x, t]").hasMessageContaining("[x, y]");
        var terms = new TrainingSettings(new EquationLoss(List.of(term("u", Optional.of(OTHER)))), 1, 6, true, 3,
                LbfgsSettings.DEFAULT);
        assertThatThrownBy(() -> new Trainer(NETWORK, samples("x", "t", "a", "b"), Map.of(OTHER,
                samples("x", "y", "a", "b")), terms, new KernelEngine())).isInstanceOf(UnmatchedNamesException.class);
    }

    /** The field is (q̇, ṗ) of the inputs in the network's order; its targets are where they are, whatever they are called. */
    @Test
    void theFieldOfAHamiltonianIsComparedByPosition() {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "p"), List.of("H"),
                new Hamiltonian(3, 1, Activation.TANH)));
        double[] initial = GlorotUniform.parameters(network.parameters(), 1);
        var settings = new TrainingSettings(Loss.HAMILTONIAN, 3, 6, true, 3, new AdamSettings(0.01, 0.9, 0.999, 1e-8));
        double[] asItIs = new Trainer(network, oscillator("q", "p", "dq", "dp"), settings, new KernelEngine())
                .train(initial, TrainingProgress.IGNORED).parameters();
        double[] swapped = new Trainer(network, oscillator("p", "q", "p2", "q2"), settings, new KernelEngine())
                .train(initial, TrainingProgress.IGNORED).parameters();
        assertThat(swapped).isEqualTo(asItIs);
        var tooFew = new Samples(List.of("q", "p"), List.of("dq"), new double[2], new double[1]);
        assertThatThrownBy(() -> Loss.HAMILTONIAN.parts(network, tooFew, Map.of()))
                .isInstanceOf(UnmatchedNamesException.class).hasMessage(
                        "the network's field has 2 entries, the data has 1 targets, which are matched by position");
    }

    private static Samples oscillator(String first, String second, String... targets) {
        double[] inputs = new double[2 * SIZE];
        double[] rates = new double[2 * SIZE];
        for (int i = 0; i < SIZE; i++) {
            Map<String, Double> state = Map.of("q", Math.cos(i), "p", Math.sin(2 * i));
            inputs[2 * i] = state.get(first);
            inputs[2 * i + 1] = state.get(second);
            rates[2 * i] = state.get("p");
            rates[2 * i + 1] = -state.get("q");
        }
        return new Samples(List.of(first, second), List.of(targets), inputs, rates);
    }

    private static double[] fitted(Objective loss, Samples samples) {
        return trainer(new TrainingSettings(loss, 300, SIZE, false, 1, LbfgsSettings.DEFAULT), samples)
                .train(GlorotUniform.parameters(NETWORK.parameters(), 2), TrainingProgress.IGNORED).parameters();
    }

    private static Trainer trainer(TrainingSettings settings, Samples samples) {
        return new Trainer(NETWORK, samples, Map.of(OTHER, samples), settings, new KernelEngine());
    }

    private static LossTerm term(String equation, Optional<UUID> dataset) {
        return new LossTerm(equation, dataset, 1);
    }

    private static Samples samples(String firstInput, String secondInput, String firstTarget, String secondTarget) {
        return new Samples(List.of(firstInput, secondInput), List.of(firstTarget, secondTarget),
                columns(firstInput, secondInput), columns(firstTarget, secondTarget));
    }

    private static double[] columns(String first, String second) {
        return IntStream.range(0, 2 * SIZE).mapToDouble(i -> value(i % 2 == 0 ? first : second, i / 2)).toArray();
    }

    private static double value(String column, int row) {
        double x = Math.cos(row);
        double t = Math.sin(3 * row);
        return switch (column) {
            case "x" -> x;
            case "t" -> t;
            case "u" -> x + 2 * t;
            case "v" -> 10 * x + 20 * t;
            default -> row;
        };
    }
}
