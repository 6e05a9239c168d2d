package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is fitted exactly has the loss 0 and the gradient 0, whatever norm or root the loss is made of. */
class ExactFitTest {

    private static final List<OptimizerSettings> OPTIMIZERS = List.of(AdamSettings.DEFAULT, LbfgsSettings.DEFAULT, SelfScaledBroydenSettings.DEFAULT, NewtonSettings.DEFAULT,
            new GradientDescentSettings(0.1, LearningRateSchedule.CONSTANT));

    /** y = 2 x + 1 at x = −1, 0, 1, 2. */
    private static final Samples LINE = new Samples(List.of("x"), List.of("t"), new double[] {-1, 0, 1, 2},
            new double[] {-1, 1, 3, 5});

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"norm(y - t)^0.5", "sqrt((y - t)^2)", "sqrt(abs(y - t))", "sqrt(norm([y - t, 2*y - 2*t]))",
        "((y - t)^2)^0.25", "norm(relu(t - y))", "norm([y - t, 0])", "abs(y - t)", "exp(norm([y - t]))-1"})
    void ofEquations(String equation) {
        var loss = new EquationLoss(List.of(new LossTerm(equation, Optional.empty(), 1)));
        engines().forEach(engine -> assertStays(line(new AffineLayer(1)), LINE, loss, new double[] {2, 1}, engine));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ofNamedLosses(Engine engine) {
        for (Loss loss : List.of(Loss.MSE, Loss.RELATIVE_L2)) {
            assertStays(line(new AffineLayer(1)), LINE, loss, new double[] {2, 1}, engine);
        }
    }

    /** H = 2 q + 3 p has the field (3, −2) everywhere. */
    @ParameterizedTest
    @MethodSource("engines")
    void ofAHamiltonian(Engine engine) {
        Network network = Architectures.network(new Hamiltonian(1, 1, Activation.IDENTITY), 2);
        var samples = new Samples(List.of("q", "p"), List.of("dq", "dp"), new double[] {0, 1, 2, 3},
                new double[] {3, -2, 3, -2});
        assertStays(network, samples, Loss.HAMILTONIAN, new double[] {2, 3, 0, 1}, engine);
    }

    /** All units of the relu layer are off, as are their slopes. */
    @ParameterizedTest
    @MethodSource("engines")
    void ofADeadLayer(Engine engine) {
        Network network = line(DenseLayer.of(1, Activation.named("relu").orElseThrow()));
        var loss = new EquationLoss(List.of(new LossTerm("norm([y, y])^0.5", Optional.empty(), 1),
                new LossTerm("sqrt(y)", Optional.empty(), 1)));
        assertStays(network, LINE, loss, new double[] {-1, -3}, engine);
    }

    /** The first step of gradient descent is as long as it takes to fit the only sample: the second has nothing to do. */
    @Test
    void inTheMiddleOfATraining() {
        var one = new Samples(List.of("x"), List.of("t"), new double[] {0}, new double[] {1});
        var loss = new EquationLoss(List.of(new LossTerm("norm([y - t])", Optional.empty(), 1)));
        engines().forEach(engine -> {
            TrainingResult result = new Trainer(line(new AffineLayer(1)), one, new TrainingSettings(loss, 5, 1, true, 1,
                    new GradientDescentSettings(0.5, LearningRateSchedule.CONSTANT)), engine)
                    .train(new double[] {0, 0}, TrainingProgress.IGNORED);
            assertThat(result.loss()).isZero();
            assertThat(result.parameters()).containsExactly(0, 1);
        });
    }

    private static Network line(Layer layer) {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"), List.of(layer)));
    }

    private static void assertStays(Network network, Samples samples, Objective loss, double[] parameters, Engine engine) {
        for (OptimizerSettings optimizer : OPTIMIZERS) {
            var settings = new TrainingSettings(loss, 3, optimizer instanceof FullBatchSettings ? samples.size() : 2, true, 1,
                    optimizer);
            TrainingResult result = new Trainer(network, samples, settings, engine)
                    .train(parameters, TrainingProgress.IGNORED);
            assertThat(result.loss()).as("%s", optimizer).isZero();
            assertThat(result.parameters()).as("%s", optimizer).containsExactly(parameters);
        }
    }
}
