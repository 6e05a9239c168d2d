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
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
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

    private static double[] trained(int width, int samples, long seed, Engine engine) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] inputs = random.doubles(2L * samples, -1, 1).toArray();
        double[] targets = random.doubles(samples, -1, 1).toArray();
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(width, Activation.TANH), DenseLayer.of(width, Activation.TANH),
                        DenseLayer.of(1, Activation.IDENTITY))));
        var settings = new TrainingSettings(Loss.MSE, 5, samples, false, 1, 
                new GradientDescentSettings(0.1, LearningRateSchedule.CONSTANT));
        return new Trainer(network, new Samples(List.of("x", "y"), List.of("z"), inputs, targets), settings, engine)
                .train(GlorotUniform.parameters(network.parameters(), seed), new Recorder()).last();
    }
}
