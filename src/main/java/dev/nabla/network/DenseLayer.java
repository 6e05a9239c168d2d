package dev.nabla.network;

/**
 * a = activation(W a′ + b), with a′ the layer below.
 *
 * @param units the number of outputs
 * @param bias whether there is a b
 */
public record DenseLayer(int units, Activation activation, boolean bias) {

    public static final int MAX_UNITS = 4096;

    public static DenseLayer of(int units, Activation activation) {
        return new DenseLayer(units, activation, true);
    }
}
