package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where trainings of the whole dataset end before their last epoch, of a decay a e^(-k x). */
class FullBatchEndTest {

    private static final double[] INPUTS = IntStream.rangeClosed(0, 24).mapToDouble(i -> i / 8.0).toArray();

    static Stream<FullBatchSettings> optimizers() {
        return Stream.of(GaussNewtonSettings.DEFAULT, NewtonSettings.DEFAULT, LbfgsSettings.DEFAULT, SelfScaledBroydenSettings.DEFAULT);
    }

    private static Trainer trainer(double scale, FullBatchSettings optimizer, int epochs) {
        Network network = Network.of(DocumentReader.trusted("""
                {"inputs": ["x"], "architecture": {"type": "equations",
                 "coefficients": {"a": {"initial": 1}, "k": {"initial": 1}}, "outputs": {"y": "%s * a * exp(-k * x)"}}}"""
                .formatted(scale), NetworkDocument.class).definition());
        var decay = new Samples(List.of("x"), List.of("y"), INPUTS,
                Arrays.stream(INPUTS).map(x -> scale * 1.5 * Math.exp(-0.7 * x)).toArray());
        return new Trainer(network, decay, settings(Loss.MSE, optimizer, epochs), new KernelEngine());
    }

    private static TrainingSettings settings(Objective loss, FullBatchSettings optimizer, int epochs) {
        return new TrainingSettings(loss, epochs, Integer.MAX_VALUE, false, 1, optimizer, OptionalDouble.empty(), OptionalDouble.empty(),
                Optional.empty());
    }

    /** Gradients are of the size of the square of the scale. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void smallTargetsAreLearnedAsOthersAre(FullBatchSettings optimizer) {
        for (double scale : new double[] {1, 1e-3, 1e-6, 1e-8}) {
            double[] found = trainer(scale, optimizer, 500).train(new double[] {1, 1}, TrainingProgress.IGNORED).last();
            assertThat(found).as("scale %s", scale).containsExactly(new double[] {1.5, 0.7}, within(1e-4));
        }
    }

    /** Rounding raises and lowers the loss by turns, of lines in the units of any column. */
    @Test
    void newtonEndsWhereNothingIsLowerAnyMore() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        Network network = Network.of(DocumentReader.trusted("""
                {"inputs": ["x"], "architecture": {"type": "equations",
                 "coefficients": {"a": {"initial": 0}, "b": {"initial": 0}}, "outputs": {"y": "a + b * x"}}}""", NetworkDocument.class)
                .definition());
        for (int round = 0; round < 60; round++) {
            double scale = Math.pow(10, random.nextInt(-9, 1));
            var line = new Samples(List.of("x"), List.of("y"), Arrays.stream(INPUTS).map(x -> scale * x).toArray(),
                    Arrays.stream(INPUTS).map(x -> scale * (1 + 2 * x + 0.1 * random.nextGaussian())).toArray());
            assertThat(new Trainer(network, line, settings(Loss.MSE, new NewtonSettings(1, 100, 0), 2000), new KernelEngine())
                    .train(new double[2], TrainingProgress.IGNORED).stop()).as("scale %s, seed %d", scale, seed).isPresent();
        }
    }

    /** (a x)^2 is 1e120, the loss 1e240, and its gradient by a 1e180, whose square is too large. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aGradientWhoseSquareIsInfiniteFails(FullBatchSettings optimizer) {
        Network network = Network.of(DocumentReader.trusted("""
                {"inputs": ["x"], "architecture": {"type": "equations",
                 "coefficients": {"a": {"initial": 1e60}, "b": {"initial": 0}}, "outputs": {"u": "a * x"}}}""", NetworkDocument.class)
                .definition());
        Objective loss = DocumentReader.trusted("{\"terms\": [{\"equation\": \"u^2 - m + b\"}]}", EquationLoss.class);
        var line = new Samples(List.of("x"), List.of("m"), new double[] {1, 2}, new double[] {3, 5});
        var trainer = new Trainer(network, line, settings(loss, optimizer, 100), new KernelEngine());
        assertThatThrownBy(() -> trainer.train(new double[] {1e60, 0}, TrainingProgress.IGNORED))
                .isInstanceOf(DivergedException.class).hasMessageContaining("square").hasMessageContaining("not finite in epoch 1");
    }

    /** It goes on beside the loss where it began, not where it was interrupted, and does not end at once. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void whatGoesOnEndsWhereOneTrainingDoes(FullBatchSettings optimizer) {
        double[] start = {1, 1};
        TrainingResult whole = trainer(1e-6, optimizer, 500).train(start, TrainingProgress.IGNORED);
        for (int epochs : new int[] {1, 3}) {
            byte[] state = trainer(1e-6, optimizer, epochs).train(start, TrainingProgress.IGNORED).state().orElseThrow();
            TrainingResult continued = trainer(1e-6, optimizer, 500).goOn(state, TrainingProgress.IGNORED);
            assertThat(continued.last()).containsExactly(whole.last());
            assertThat(continued.stop()).isEqualTo(whole.stop());
        }
    }
}
