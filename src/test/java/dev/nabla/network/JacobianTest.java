package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Interpreter;
import dev.nabla.language.Equation;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import java.util.SplittableRandom;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the structure of an architecture promises of the Jacobian M of its map, whatever the parameters are. */
class JacobianTest {

    private static final int POINTS = 20;

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#symplectic")
    void symplecticMapsKeepTheSymplecticForm(Architecture architecture) {
        for (int n = 1; n <= 3; n++) {
            RealMatrix form = symplecticForm(n);
            for (int seed = 0; seed < POINTS; seed++) {
                RealMatrix m = jacobian(architecture, 2 * n, seed);
                RealMatrix kept = m.transpose().multiply(form).multiply(m);
                assertThat(kept.subtract(form).getFrobeniusNorm()).as("n = %d, seed %d", n, seed)
                        .isLessThan(1e-12);
            }
        }
    }

    @Test
    void aResNetDoesNotKeepIt() {
        RealMatrix m = jacobian(new ResNet(1, Activation.TANH), 4, 1);
        assertThat(m.transpose().multiply(symplecticForm(2)).multiply(m).subtract(symplecticForm(2)).getFrobeniusNorm())
                .isGreaterThan(1e-2);
    }

    @Test
    void volumePreservingMapsHaveDeterminantOne() {
        for (int n = 2; n <= 5; n++) {
            for (int seed = 0; seed < POINTS; seed++) {
                RealMatrix m = jacobian(new VolumePreserving(3, Activation.TANH), n, seed);
                assertThat(new LUDecomposition(m).getDeterminant()).as("n = %d, seed %d", n, seed)
                        .isCloseTo(1, within(1e-12));
                assertThat(m.subtract(MatrixUtils.createRealIdentityMatrix(n)).getFrobeniusNorm()).isGreaterThan(0.1);
            }
        }
    }

    /** With respect to the inputs that move. */
    private static RealMatrix jacobian(Architecture architecture, int moving, long seed) {
        int inputs = moving + architecture.systemParameters();
        Network network = Architectures.network(architecture, inputs);
        Expression jacobian = Equation.parse("D(outputs, inputs)", network.scope());
        double[] entries = Interpreter.evaluate(jacobian,
                Architectures.randomPoint(network, new SplittableRandom(seed)));
        RealMatrix m = MatrixUtils.createRealMatrix(moving, inputs);
        for (int i = 0; i < entries.length; i++) {
            m.setEntry(i / inputs, i % inputs, entries[i]);
        }
        return m.getSubMatrix(0, moving - 1, 0, moving - 1);
    }

    /** J = [0 I; −I 0]. */
    private static RealMatrix symplecticForm(int n) {
        RealMatrix form = MatrixUtils.createRealMatrix(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            form.setEntry(i, n + i, 1);
            form.setEntry(n + i, i, -1);
        }
        return form;
    }
}
