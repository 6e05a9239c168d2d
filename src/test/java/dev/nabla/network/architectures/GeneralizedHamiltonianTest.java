package dev.nabla.network.architectures;

import static dev.nabla.expression.Arithmetic.power;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeneralizedHamiltonianTest {

    private static final double H = 0.3;

    @Test
    void stepsOfSymplecticEulerFollowTheFieldMomentaFirst() {
        Network network = network(Integrator.SYMPLECTIC_EULER, 2);
        Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(1));
        double[] outputs = Interpreter.evaluate(network.outputs(), point);
        for (int step = 0; step < 2; step++) {
            move(network, point, 2, H);
            move(network, point, 0, H);
        }
        assertThat(outputs).containsExactly(point.get(Network.INPUTS), within(1e-14));
    }

    @Test
    void stepsOfStormerVerletMoveMomentaByHalvesBeforeAndAfterPositions() {
        Network network = network(Integrator.STOERMER_VERLET, 2);
        Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(1));
        double[] outputs = Interpreter.evaluate(network.outputs(), point);
        for (int step = 0; step < 2; step++) {
            move(network, point, 2, H / 2);
            move(network, point, 0, H);
            move(network, point, 2, H / 2);
        }
        assertThat(outputs).containsExactly(point.get(Network.INPUTS), within(1e-14));
    }

    /** What it makes of two states depends on the parameters of the system, which both energies have. */
    @Test
    void parametersOfTheSystemStandBehindPositionsAndMomenta() {
        Network network = Architectures.network(new GeneralizedHamiltonian(4, 1, Activation.TANH, 2, H,
                Integrator.STOERMER_VERLET, 1), 5);
        assertThat(network.outputs().shape().size()).isEqualTo(4);
        assertThat(network.parameters().symbols()).filteredOn(symbol -> symbol.shape().equals(Shape.of(4, 3))).hasSize(2);
        Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(1));
        double[] before = Interpreter.evaluate(network.outputs(), point);
        for (int step = 0; step < 2; step++) {
            move(network, point, 2, H / 2);
            move(network, point, 0, H);
            move(network, point, 2, H / 2);
        }
        assertThat(before).containsExactly(Arrays.copyOf(point.get(Network.INPUTS), 4), within(1e-14));
        point = Architectures.randomPoint(network, new SplittableRandom(1));
        point.get(Network.INPUTS)[4] += 1;
        assertThat(Interpreter.evaluate(network.outputs(), point)).doesNotContain(before);
    }

    /** Of dimension 4 and width 4; prints what README says of them. */
    @Test
    void someStepsHaveSomeHundredsOfNodes() {
        for (int steps = 1; steps <= 8; steps *= 2) {
            long start = System.nanoTime();
            int nodes = gradientNodes(network(Integrator.STOERMER_VERLET, steps));
            System.out.printf("generalized-hamiltonian, %d steps: %d nodes in %.1f ms%n", steps, nodes,
                    (System.nanoTime() - start) / 1e6);
            assertThat(nodes).isLessThan(100 + 100 * steps);
        }
    }

    @Test
    void nodesGrowByTheSameNumberPerStep() {
        int perStep = gradientNodes(network(Integrator.STOERMER_VERLET, 4))
                - gradientNodes(network(Integrator.STOERMER_VERLET, 3));
        for (int steps = 4; steps <= 50; steps++) {
            assertThat(gradientNodes(network(Integrator.STOERMER_VERLET, steps + 1))
                    - gradientNodes(network(Integrator.STOERMER_VERLET, steps))).isEqualTo(perStep);
        }
    }

    private static int gradientNodes(Network network) {
        Expression error = LinearAlgebra.entrySum(power(network.outputs(), 2));
        return Graph.nodeCount(Derivative.gradient(error, List.copyOf(network.parameters().symbols())));
    }

    private static Network network(Integrator integrator, int steps) {
        return Architectures.network(new GeneralizedHamiltonian(4, 2, Activation.TANH, steps, H, integrator, 0), 4);
    }

    /** Adds h times the field to two of the inputs. */
    private static void move(Network network, Map<String, double[]> point, int from, double h) {
        double[] field = Interpreter.evaluate(network.field().orElseThrow(), point);
        double[] z = point.get(Network.INPUTS);
        z[from] += h * field[from];
        z[from + 1] += h * field[from + 1];
    }
}
