package dev.nabla.benchmark;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingSettings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who makes README's first training: 2-3-3-1 on a grid of 21 by 21 points of a Gaussian, by the relative L2 error and Adam.
 */
public enum SeedTrainer {

    /** As trainings are made. */
    NABLA_KERNELS {
        @Override
        Peer peer(int batch) {
            return nabla(batch, true);
        }
    },

    /** The same work as that of C. */
    NABLA_KERNELS_IN_ORDER {
        @Override
        Peer peer(int batch) {
            return nabla(batch, false);
        }
    },

    /** By hand, for this network alone, in the order of the samples. */
    C {
        @Override
        Peer peer(int batch) {
            return new CPeer(samples(), initialParameters(), batch);
        }
    };

    private static final int LINE = 21;
    private static final Network NETWORK = Chains.network("2-3-3-1", Activation.TANH, true);

    /** A training that has not begun. */
    abstract Peer peer(int batch);

    private static Peer nabla(int batch, boolean shuffle) {
        var settings = new TrainingSettings(Loss.RELATIVE_L2, Integer.MAX_VALUE, batch, shuffle, 1,
                new AdamSettings(1e-3, 0.9, 0.99, 1e-8));
        return new NablaPeer(new Trainer(NETWORK, samples(), settings, new KernelEngine()), initialParameters());
    }

    private static Samples samples() {
        double[] inputs = new double[2 * LINE * LINE];
        double[] targets = new double[LINE * LINE];
        for (int i = 0; i < targets.length; i++) {
            double x = -1 + 0.1 * (i % LINE);
            double y = -1 + 0.1 * Math.floorDiv(i, LINE);
            inputs[2 * i] = x;
            inputs[2 * i + 1] = y;
            targets[i] = Math.exp(-(x * x + y * y));
        }
        return new Samples(List.of("x1", "x2"), List.of("y1"), inputs, targets);
    }

    private static double[] initialParameters() {
        return IntStream.rangeClosed(1, NETWORK.parameters().size()).mapToDouble(k -> 0.5 * Math.sin(1.7 * k)).toArray();
    }
}
