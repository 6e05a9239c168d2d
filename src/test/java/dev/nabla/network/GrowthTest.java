package dev.nabla.network;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Scalarisation;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the gradient of the squared error of one sample with respect to all parameters grows with the network. */
class GrowthTest {

    @Test
    void arrayNodesGrowByTheSameNumberPerLayer() {
        int perLayer = arrayNodes(3, 4) - arrayNodes(2, 4);
        for (int depth = 3; depth <= 100; depth++) {
            assertThat(arrayNodes(depth + 1, 4) - arrayNodes(depth, 4)).isEqualTo(perLayer);
        }
    }

    @Test
    void arrayNodesDoNotDependOnTheWidth() {
        assertThat(arrayNodes(4, 16)).isEqualTo(arrayNodes(4, 4)).isEqualTo(arrayNodes(4, 256));
    }

    @Test
    void scalarNodesGrowByTheSameNumberPerLayer() {
        int perLayer = scalarNodes(3, 4) - scalarNodes(2, 4);
        for (int depth = 3; depth <= 20; depth++) {
            assertThat(scalarNodes(depth + 1, 4) - scalarNodes(depth, 4)).isEqualTo(perLayer);
        }
    }

    /** Prints the table that README shows. */
    @Test
    void tableOfGrowth() {
        int[][] networks = {{2, 4}, {3, 4}, {4, 4}, {5, 4}, {6, 4}, {4, 8}, {4, 16}, {20, 64}, {100, 16}};
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            IntStream.range(0, 7).forEach(i -> scalarNodes(networks[i][0], networks[i][1]));
        }
        System.out.println("| hidden layers × width | array nodes | ms | scalar nodes | ms |");
        for (int[] network : networks) {
            long start = System.nanoTime();
            List<Expression> gradient = gradient(network[0], network[1]);
            long built = System.nanoTime();
            List<Expression> scalars = scalars(gradient);
            long scalarised = System.nanoTime();
            System.out.printf("| %d × %d | %,d | %.1f | %,d | %.1f |%n", network[0], network[1],
                    Graph.nodeCount(gradient), (built - start) / 1e6, Graph.nodeCount(scalars),
                    (scalarised - built) / 1e6);
            assertThat(scalars).hasSize(parameterCount(network[0], network[1]));
        }
    }

    private static int arrayNodes(int depth, int width) {
        return Graph.nodeCount(gradient(depth, width));
    }

    private static int scalarNodes(int depth, int width) {
        return Graph.nodeCount(scalars(gradient(depth, width)));
    }

    private static List<Expression> scalars(List<Expression> arrays) {
        var entries = Scalarisation.of(arrays);
        return arrays.stream().flatMap(array -> entries.get(array).stream()).toList();
    }

    private static int parameterCount(int depth, int width) {
        return network(depth, width).parameters().size();
    }

    private static List<Expression> gradient(int depth, int width) {
        Network network = network(depth, width);
        Expression targets = perSampleSymbol("targets", network.outputs().shape());
        Expression squaredError = LinearAlgebra.entrySum(power(subtract(network.outputs(), targets), 2));
        return Derivative.gradient(squaredError, List.copyOf(network.parameters().symbols()));
    }

    private static Network network(int depth, int width) {
        var layers = new ArrayList<>(Collections.nCopies(depth, DenseLayer.of(width, Activation.TANH)));
        layers.add(DenseLayer.of(1, Activation.TANH));
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"), layers));
    }
}
