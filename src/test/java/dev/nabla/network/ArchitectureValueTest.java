package dev.nabla.network;

import static java.lang.Math.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Interpreter;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Maps of small dimension, written out by hand. */
class ArchitectureValueTest {

    private final Map<String, double[]> values = new HashMap<>();

    @Test
    void residualLayersAddToTheirInputs() {
        set("inputs", 0.3);
        set("L1.W", 2);
        set("L1.b", 0.1);
        set("L2.W", -1);
        set("L2.b", 0.4);
        double x = 0.3 + tanh(2 * 0.3 + 0.1);
        assertOutputs(new ResNet(2, Activation.TANH), 1, x + tanh(-x + 0.4));
    }

    @Test
    void linearAndActivationModulesAddToMomentaAndPositionsInTurn() {
        set("inputs", 0.3, -0.2);
        for (int k = 1; k <= 5; k += 2) {
            set("L" + k + ".A1", 0.5 * k);
            set("L" + k + ".A2", -0.25);
            set("L" + k + ".bq", 0.1);
            set("L" + k + ".bp", -0.3);
        }
        set("L2.a", 0.7);
        set("L4.a", 0.9);
        double q = 0.3;
        double p = -0.2;
        for (int k = 1; k <= 5; k += 2) {
            p += k * q;
            q -= 0.5 * p;
            q += 0.1;
            p -= 0.3;
            if (k == 1) {
                p += 0.7 * tanh(q);
            } else if (k == 3) {
                q += 0.9 * tanh(p);
            }
        }
        assertOutputs(new LaSympNet(2, 2, Activation.TANH), 2, q, p);
    }

    @Test
    void gradientModulesAddToMomentaAndThenToPositions() {
        set("inputs", 0.3, -0.2);
        set("L1.K", 2, -1);
        set("L1.b", 0.1, 0.2);
        set("L1.a", 0.5, 0.25);
        set("L2.K", 1, 3);
        set("L2.b", 0.4, 0);
        set("L2.a", -0.5, 1);
        double p = -0.2 + 2 * 0.5 * tanh(2 * 0.3 + 0.1) - 0.25 * tanh(-0.3 + 0.2);
        double q = 0.3 - 0.5 * tanh(p + 0.4) + 3 * tanh(3 * p);
        assertOutputs(new GSympNet(1, 2, Activation.TANH), 2, q, p);
    }

    @Test
    void triangularLayersAddWhatIsBeforeAndThenWhatIsBehind() {
        set("inputs", 0.3, -0.2, 0.5);
        set("L1.W", 1, 2, 3);
        set("L1.b", 0.1, 0.2, 0.3);
        set("L2.W", -1, -2, -3);
        set("L2.b", 0.4, 0.5, 0.6);
        double x = 0.3 + tanh(0.1);
        double y = -0.2 + tanh(0.3 + 0.2);
        double z = 0.5 + tanh(2 * 0.3 - 3 * 0.2 + 0.3);
        assertOutputs(new VolumePreserving(1, Activation.TANH), 3, x + tanh(-y - 2 * z + 0.4),
                y + tanh(-3 * z + 0.5), z + tanh(0.6));
    }

    private void set(String symbol, double... entries) {
        values.put(symbol, entries);
    }

    private void assertOutputs(Architecture architecture, int inputs, double... outputs) {
        Network network = Architectures.network(architecture, inputs);
        assertThat(Interpreter.evaluate(network.outputs(), values)).containsExactly(outputs, within(1e-14));
    }
}
