package dev.nabla.benchmark;

import dev.nabla.expression.Expression;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import java.util.SplittableRandom;

/** A quantity of a network of two hidden layers of tanh, two inputs and one output, at a batch of points of the unit square. */
record Prediction(Network network, double[] parameters, Expression quantity, double[][] points) {

    private static final long SEED = 1;

    /** @param width of the hidden layers */
    Prediction(int width, Quantity quantity, int batch) {
        this(Chains.network("2-" + width + "-" + width + "-1", Activation.IDENTITY, true), quantity, batch);
    }

    private Prediction(Network network, Quantity quantity, int batch) {
        this(network, GlorotUniform.parameters(network.parameters(), SEED), quantity.of(network), points(batch));
    }

    private static double[][] points(int batch) {
        var random = new SplittableRandom(SEED);
        var points = new double[batch][];
        for (int s = 0; s < batch; s++) {
            points[s] = random.doubles(2).toArray();
        }
        return points;
    }
}
