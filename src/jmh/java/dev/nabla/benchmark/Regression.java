package dev.nabla.benchmark;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.Engine;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingSettings;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all peers train: a tanh chain on points of a smooth function, by Adam on the mean squared error.
 *
 * @param initialParameters in the order of the network's parameters
 * @param batch a divisor of {@link #SAMPLES}
 */
record Regression(Network network, double[] initialParameters, Samples samples, int batch, boolean shuffle) {

    /** A multiple of all batch sizes, so that no epoch has a smaller last batch. */
    static final int SAMPLES = 5120;

    /**
     * Numbers that are the same in single precision, in which DJL takes them. ε is so small that it does not matter
     * whether it is added to √v, as DJL and ND4J do, or to √v̂, as the paper and Nabla do.
     */
    static final AdamSettings ADAM = new AdamSettings(0x1p-10, 1 - 0x1p-3, 1 - 0x1p-10, 0x1p-60);

    private static final long SEED = 1;

    /** @param widths of the inputs and of all layers, such as {@code 2-16-16-1} */
    static Regression of(String widths, int batch, boolean shuffle) {
        return of(Chains.network(widths, Activation.TANH, true), batch, shuffle);
    }

    /** @param network of the inputs x1 and x2 and the output y1 */
    static Regression of(Network network, int batch, boolean shuffle) {
        var random = new SplittableRandom(SEED);
        double[] inputs = random.doubles(2L * SAMPLES).toArray();
        double[] targets = new double[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            targets[s] = Math.sin(3 * inputs[2 * s]) * Math.exp(-inputs[2 * s + 1]);
        }
        return new Regression(network, GlorotUniform.parameters(network.parameters(), SEED),
                new Samples(List.of("x1", "x2"), List.of("y1"), inputs, targets), batch, shuffle);
    }

    Trainer trainer(Engine engine) {
        return new Trainer(network, samples, settings(Loss.MSE, batch, shuffle), engine);
    }

    /** Of a training that goes on until it is stopped. */
    static TrainingSettings settings(Objective loss, int batch, boolean shuffle) {
        return new TrainingSettings(loss, Integer.MAX_VALUE, batch, shuffle, 1, ADAM);
    }

    /** The units of every layer. */
    List<Integer> units() {
        return network.layers().stream().map(layer -> layer.activation().shape().dimension(0)).toList();
    }
}
