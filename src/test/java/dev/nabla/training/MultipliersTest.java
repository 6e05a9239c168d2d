package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossProgram;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.TermWeights;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Multipliers of terms, from losses and gradients of each term on its own. */
class MultipliersTest {

    private static final UUID OTHER = UUID.randomUUID();
    private static final double RATE = 0.01;
    private static final GradientDescentSettings DESCENT = new GradientDescentSettings(RATE, new LearningRateSchedule.Constant());
    private static final List<LossTerm> TERMS = List.of(new LossTerm("D(u, x, x) - 3", Optional.empty(), 2),
            new LossTerm("u - t", Optional.of(OTHER), 0.5), new LossTerm("u * x", Optional.empty(), 1));

    private final Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("u"),
            List.of(DenseLayer.of(6, Activation.TANH), DenseLayer.of(1, Activation.IDENTITY))));
    private final double[] initial = GlorotUniform.parameters(network.parameters(), 3);
    private final Samples own = new Samples(List.of("x"), List.of(), points(20, 1), new double[0]);
    private final Samples other = new Samples(List.of("x"), List.of("t"), points(7, 2), points(7, 3));

    private static double[] points(int size, long seed) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    /** After one step of gradient descent from the multipliers 1 and 0.9 + 0.1 max |g₁| / mean |gᵢ|. */
    @Test
    void gradientsAreBalancedByTheirNorms() {
        double[][] gradients = IntStream.range(0, 3).mapToObj(i -> alone(i, initial).gradient().toDoubleVector())
                .toArray(double[][]::new);
        double largest = Arrays.stream(gradients[0]).map(Math::abs).max().orElseThrow() / TERMS.getFirst().weight();
        double[] expected = IntStream.range(0, 3).mapToDouble(i -> i == 0 ? 1 : 0.9 + 0.1 * largest * TERMS.get(i).weight()
                / Arrays.stream(gradients[i]).map(Math::abs).average().orElseThrow()).toArray();
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            var recorder = new Recorder();
            double[] last = train(TermWeights.GRADIENT_NORM, DESCENT, 1, engine, recorder);
            assertThat(recorder.epochs.getFirst().multipliers()).containsExactly(expected, within(1e-12));
            for (int p = 0; p < last.length; p++) {
                int parameter = p;
                double gradient = IntStream.range(0, 3).mapToDouble(i -> expected[i] * gradients[i][parameter]).sum();
                assertThat(last[p]).isCloseTo(initial[p] - RATE * gradient, within(1e-13));
            }
        }
        var longer = new Recorder();
        train(TermWeights.GRADIENT_NORM, DESCENT, 21, new KernelEngine(), longer);
        assertThat(IntStream.range(1, 21).filter(e -> !Arrays.equals(longer.epochs.get(e).multipliers(),
                longer.epochs.get(e - 1).multipliers())).boxed()).containsExactly(10, 20);
    }

    /** A term that holds whatever the parameters are has no gradient and keeps its multiplier; the others are finite. */
    @Test
    void aTermWithoutGradientKeepsItsMultiplier() {
        var loss = new EquationLoss(List.of(TERMS.getFirst(), new LossTerm("x", Optional.empty(), 1)), TermWeights.GRADIENT_NORM);
        var recorder = new Recorder();
        new Trainer(network, own, new TrainingSettings(loss, 1, 20, true, 1, DESCENT), new KernelEngine()).train(initial, recorder);
        assertThat(recorder.epochs.getFirst().multipliers()).containsExactly(new double[] {1, 1}, within(0.0));
    }

    /** s = −η w (1 − L) after one step: the second one has the multipliers exp(η w (1 − L)). */
    @Test
    void learnedWeightsDescendTheirOwnGradient() {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            var recorder = new Recorder();
            train(TermWeights.LEARNED, DESCENT, 2, engine, recorder);
            assertThat(recorder.epochs.getFirst().multipliers()).containsExactly(1, 1, 1);
            for (int i = 0; i < 3; i++) {
                double weight = TERMS.get(i).weight();
                double ofTerm = alone(i, initial).compute(all(i), 0, all(i).length) / weight;
                assertThat(recorder.epochs.getLast().multipliers()[i])
                        .isCloseTo(Math.exp(RATE * weight * (1 - ofTerm)), withinPercentage(1e-10));
            }
        }
    }

    /** Of Σ m L + s least where m = 1 / L, here with a constant L = 4 beside what is trained. */
    @Test
    void aLearnedWeightComesToRestAtTheReciprocalOfItsLoss() {
        var loss = new EquationLoss(List.of(new LossTerm("2", Optional.empty(), 3), TERMS.getLast()), TermWeights.LEARNED);
        for (FirstOrderSettings optimizer : List.of(new AdamSettings(0.01, 0.9, 0.999, 1e-8),
                new AdamWSettings(0.01, 0.9, 0.999, 1e-8, 0.5, true, new LearningRateSchedule.Constant()))) {
            var recorder = new Recorder();
            new Trainer(network, own, new TrainingSettings(loss, 2000, 20, true, 1, optimizer), new KernelEngine())
                    .train(initial, recorder);
            assertThat(recorder.epochs.getLast().multipliers()[0]).isCloseTo(0.25, within(1e-3));
        }
    }

    /** Its slope is finite and the square of that is not: Adam would leave it where it is. */
    @Test
    void aTermWhoseSquaredLossIsInfiniteHasNoLearnedWeight() {
        var loss = new EquationLoss(List.of(new LossTerm("1e80", Optional.empty(), 3), TERMS.getLast()), TermWeights.LEARNED);
        var trainer = new Trainer(network, own, new TrainingSettings(loss, 5, 20, true, 1, AdamSettings.DEFAULT), new KernelEngine());
        assertThatThrownBy(() -> trainer.train(initial, new Recorder())).isInstanceOf(DivergedException.class)
                .hasMessage("a moment of what the weights of the terms are learned by is not finite in epoch 1; scale the terms down");
    }

    /** What is reported has no multipliers, so that epochs compare, and is the same again from the same seed. */
    @Test
    void theReportedLossIsThatOfTheGivenWeights() {
        for (TermWeights weights : TermWeights.values()) {
            var recorder = new Recorder();
            double[] last = train(weights, new AdamSettings(0.01, 0.9, 0.999, 1e-8), 15, new KernelEngine(), recorder);
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                double ofTerm = alone(i, initial).compute(all(i), 0, all(i).length);
                assertThat(recorder.epochs.getFirst().terms()[i]).isCloseTo(ofTerm, withinPercentage(1e-10));
                sum += ofTerm;
            }
            assertThat(recorder.epochs.getFirst().loss()).isCloseTo(sum, withinPercentage(1e-10));
            assertThat(recorder.epochs.getFirst().multipliers()).hasSize(weights == TermWeights.FIXED ? 0 : 3);
            assertThat(train(weights, new AdamSettings(0.01, 0.9, 0.999, 1e-8), 15, new KernelEngine(), new Recorder()))
                    .containsExactly(last);
        }
    }

    private double[] train(TermWeights weights, FirstOrderSettings optimizer, int epochs, Engine engine, Recorder recorder) {
        var settings = new TrainingSettings(new EquationLoss(TERMS, weights), epochs, 20, false, 1, optimizer);
        return new Trainer(network, own, Map.of(OTHER, other), settings, engine).train(initial, recorder).last();
    }

    private int[] all(int term) {
        return IntStream.range(0, TERMS.get(term).datasetId().isPresent() ? 7 : 20).toArray();
    }

    /** A term with its weight and its gradient for all of its samples. */
    private LossProgram alone(int term, double[] parameters) {
        var program = new LossProgram(network, new EquationLoss(List.of(TERMS.get(term)))
                .parts(network, own, Map.of(OTHER, other)).getFirst(), new KernelEngine());
        program.parameters().assign(Nd4j.createFromArray(parameters));
        program.compute(all(term), 0, all(term).length);
        return program;
    }
}
