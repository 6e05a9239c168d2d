package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.Engine;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains small networks, so that what every training runs is compiled before the first one: code with vectors is a
 * hundred times slower until the JIT compiler has seen it some thousand times.
 */
public final class WarmUp {

    private static final int SAMPLES = 130;

    private WarmUp() {}

    /** Takes about a second. */
    public static void run(Engine engine) {
        train(engine, Loss.RELATIVE_L2, 3, 10, 200);
        train(engine, Loss.MSE, 16, 64, 300);
    }

    /** The same for an engine of single precision, which computes layers of so many units with floats. Takes some two seconds. */
    public static void inSinglePrecision(Engine engine) {
        train(engine, Loss.MSE, 64, 64, 40);
    }

    private static void train(Engine engine, Loss loss, int units, int batchSize, int epochs) {
        var random = new SplittableRandom(1);
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x1", "x2"), List.of("y1"),
                List.of(DenseLayer.of(units, Activation.TANH), DenseLayer.of(units, Activation.TANH),
                        DenseLayer.of(1, Activation.TANH))));
        var samples = new Samples(network.definition().inputs(), network.definition().outputs(),
                random.doubles(2 * SAMPLES, -1, 1).toArray(), random.doubles(SAMPLES, 0.1, 0.9).toArray());
        var settings = new TrainingSettings(loss, epochs, batchSize, true, 1, new AdamSettings(1e-3, 0.9, 0.999, 1e-8));
        new Trainer(network, samples, settings, engine).train(GlorotUniform.parameters(network.parameters(), 1),
                TrainingProgress.IGNORED);
    }
}
