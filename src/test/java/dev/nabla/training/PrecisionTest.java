package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Trainings of single precision beside the same of double. */
class PrecisionTest {

    @Test
    void singleLearnsWhatDoubleDoesInTheDigitsThatItHas() {
        long seed = new SplittableRandom().nextLong();
        double[] ofDoubles = trained(64, 70, seed, new KernelEngine());
        double[] ofSingles = trained(64, 70, seed, new KernelEngine(Precision.SINGLE));
        assertThat(ofSingles).as("seed %d", seed).isNotEqualTo(ofDoubles);
        assertThat(ofSingles).as("seed %d", seed).containsExactly(ofDoubles, within(1e-4));
        assertThat(trained(64, 70, seed, new KernelEngine(Precision.SINGLE))).isEqualTo(ofSingles);
    }

    @Test
    void smallProductsKeepTheirDigits() {
        assertThat(trained(31, 70, 1, new KernelEngine(Precision.SINGLE))).isEqualTo(trained(31, 70, 1, new KernelEngine()));
        assertThat(trained(64, 24, 1, new KernelEngine(Precision.SINGLE))).isEqualTo(trained(64, 24, 1, new KernelEngine()));
    }

    @Test
    void theLossOfAModelIsComputedInDoubleToItsLastDigits() {
        long seed = new SplittableRandom().nextLong();
        Samples samples = samples(70, seed);
        TrainingResult result = train(64, samples, seed, new KernelEngine(Precision.SINGLE));
        double sum = 0;
        for (int s = 0; s < samples.size(); s++) {
            double[] output = {samples.inputs()[2 * s], samples.inputs()[2 * s + 1]};
            int place = 0;
            for (int units : List.of(64, 64, 1)) {
                double[] next = new double[units];
                for (int i = 0; i < units; i++) {
                    next[i] = result.parameters()[place + units * output.length + i];
                    for (int j = 0; j < output.length; j++) {
                        next[i] += result.parameters()[place + i * output.length + j] * output[j];
                    }
                    next[i] = units == 1 ? next[i] : Math.tanh(next[i]);
                }
                place += units * (output.length + 1);
                output = next;
            }
            sum += Math.pow(output[0] - samples.targets()[s], 2);
        }
        assertThat(result.loss()).as("seed %d", seed).isCloseTo(sum / samples.size(), withinPercentage(1e-11));
    }

    @Test
    void whatHasNoRoomInSinglePrecisionIsRefusedAndDoubleHasIt() {
        Samples samples = samples(70, 1);
        Samples large = new Samples(samples.inputNames(), samples.targetNames(), samples.inputs(),
                Arrays.stream(samples.targets()).map(target -> 1e42 * target).toArray());
        var adam = new AdamSettings(0.001, 0.9, 0.999, 1e-8);
        assertThatThrownBy(() -> train(64, large, 1, adam, new KernelEngine(Precision.SINGLE))).isInstanceOf(DivergedException.class)
                .hasMessage("a moment of the gradient is beyond the range of single precision in epoch 1; double precision has more room");
        assertThat(train(64, large, 1, adam, new KernelEngine()).loss()).isFinite();
    }

    private static double[] trained(int width, int samples, long seed, Engine engine) {
        return train(width, samples(samples, seed), seed, engine).last();
    }

    private static Samples samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Samples(List.of("x", "y"), List.of("z"), random.doubles(2L * count, -1, 1).toArray(),
                random.doubles(count, -1, 1).toArray());
    }

    private static TrainingResult train(int width, Samples samples, long seed, Engine engine) {
        return train(width, samples, seed, new GradientDescentSettings(0.1, LearningRateSchedule.CONSTANT), engine);
    }

    private static TrainingResult train(int width, Samples samples, long seed, FirstOrderSettings optimizer, Engine engine) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(width, Activation.TANH), DenseLayer.of(width, Activation.TANH),
                        DenseLayer.of(1, Activation.IDENTITY))));
        var settings = new TrainingSettings(Loss.MSE, 5, samples.size(), false, 1, optimizer);
        return new Trainer(network, samples, settings, engine)
                .train(GlorotUniform.parameters(network.parameters(), seed), new Recorder());
    }
}
