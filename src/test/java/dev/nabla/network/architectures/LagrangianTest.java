package dev.nabla.network.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LagrangianTest {

    private static final double STEP = 1e-4;

    /** d/dt ∂L/∂q̇ = ∂L/∂q along the field, with central differences of L. */
    @Test
    void theFieldObeysTheEquationsOfEulerAndLagrange() {
        for (int n = 1; n <= 3; n++) {
            Network network = Architectures.network(new Lagrangian(5, 2, Activation.TANH), 2 * n);
            var random = new SplittableRandom(n);
            Map<String, double[]> point = Architectures.randomPoint(network, random);
            double[] z = point.get(Network.INPUTS);
            double[] field = evaluate(network.field().orElseThrow(), point);
            for (int i = 0; i < n; i++) {
                assertThat(field[i]).isEqualTo(z[n + i]);
                double momentumRate = 0;
                double scale = 0;
                for (int k = 0; k < 2 * n; k++) {
                    double second = second(network, point, n + i, k);
                    momentumRate += second * field[k];
                    scale += Math.abs(second * field[k]);
                }
                double force = (lagrangian(network, point, i, STEP) - lagrangian(network, point, i, -STEP)) / (2 * STEP);
                assertThat(momentumRate).as("n = %d, entry %d", n, i).isCloseTo(force, within(1e-6 * (1 + scale)));
            }
        }
    }

    @Test
    void theFieldConservesTheEnergy() {
        for (int n = 1; n <= 3; n++) {
            Network network = Architectures.network(new Lagrangian(5, 2, Activation.TANH), 2 * n);
            Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(10 + n));
            Expression gradient = Derivative.of(network.energy().orElseThrow(), network.inputs());
            double[] rate = evaluate(LinearAlgebra.dot(gradient, network.field().orElseThrow()), point);
            double[] field = evaluate(network.field().orElseThrow(), point);
            double size = Arrays.stream(field).map(Math::abs).max().orElseThrow();
            assertThat(rate[0]).as("n = %d", n).isCloseTo(0, within(1e-12 * (1 + size)));
        }
    }

    private static double second(Network network, Map<String, double[]> point, int i, int k) {
        Map<String, double[]> above = moved(point, k, STEP);
        Map<String, double[]> below = moved(point, k, -STEP);
        return (lagrangian(network, above, i, STEP) - lagrangian(network, above, i, -STEP)
                - lagrangian(network, below, i, STEP) + lagrangian(network, below, i, -STEP)) / (4 * STEP * STEP);
    }

    private static double lagrangian(Network network, Map<String, double[]> point, int entry, double by) {
        return evaluate(network.outputs(), moved(point, entry, by))[0];
    }

    private static Map<String, double[]> moved(Map<String, double[]> point, int entry, double by) {
        var moved = new HashMap<>(point);
        double[] z = point.get(Network.INPUTS).clone();
        z[entry] += by;
        moved.put(Network.INPUTS, z);
        return moved;
    }

    private static double[] evaluate(Expression expression, Map<String, double[]> point) {
        return Interpreter.evaluate(expression, List.of(point))[0];
    }
}
