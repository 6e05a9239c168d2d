package dev.nabla.benchmark;

import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Dense networks by their widths, such as {@code 2-16-16-1}, with tanh between the layers. */
final class Chains {

    private Chains() {}

    /**
     * @param last the activation of the last layer
     * @param lastBias whether the last layer has a bias
     */
    static Network network(String widths, Activation last, boolean lastBias) {
        int[] units = Arrays.stream(widths.split("-")).mapToInt(Integer::parseInt).toArray();
        int layers = units.length - 1;
        return Network.of(new NetworkDefinition(Optional.empty(), NetworkDefinition.numbered("x", units[0]),
                NetworkDefinition.numbered("y", units[layers]),
                IntStream.rangeClosed(1, layers)
                        .mapToObj(k -> k < layers ? DenseLayer.of(units[k], Activation.TANH)
                                : new DenseLayer(units[k], last, lastBias))
                        .toList()));
    }
}
