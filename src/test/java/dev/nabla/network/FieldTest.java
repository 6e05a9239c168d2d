package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.language.Equation;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.layers.Activation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldTest {

    static Stream<Architecture> withEnergy() {
        return Architectures.all().stream()
                .filter(architecture -> !(architecture instanceof Lagrangian))
                .filter(architecture -> Architectures.network(architecture, 4).energy().isPresent());
    }

    @ParameterizedTest
    @MethodSource("withEnergy")
    void fieldIsHamiltonsEquationsOfTheEnergy(Architecture architecture) {
        for (int n = 1; n <= 3; n++) {
            Network network = Architectures.network(architecture, 2 * n + architecture.systemParameters());
            Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(n));
            Expression energy = network.energy().orElseThrow();
            double[] field = Interpreter.evaluate(Equation.parse("field", network.scope()), point);
            assertThat(field).hasSize(2 * n);
            for (int i = 0; i < n; i++) {
                assertThat(field[i]).isCloseTo(Interpreter.slope(energy, point, Network.INPUTS, n + i), within(1e-8));
                assertThat(field[n + i]).isCloseTo(-Interpreter.slope(energy, point, Network.INPUTS, i), within(1e-8));
            }
        }
    }

    @Test
    void theOutputOfAHamiltonianIsItsEnergy() {
        Network network = Architectures.network(new Hamiltonian(3, 1, Activation.TANH), 2);
        assertThat(network.scope().resolve("y1")).isEqualTo(network.energy());
        assertThat(network.scope().resolve("energy")).isEqualTo(network.energy());
    }

    /** As it could be in earlier versions. */
    @Test
    void anOutputThatIsStoredMayBeCalledEnergy() {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "v"), List.of("energy"),
                new Lagrangian(3, 1, Activation.TANH)));
        assertThat(network.scope().resolve("energy")).contains(LinearAlgebra.entry(network.outputs(), 0))
                .isNotEqualTo(network.energy());
        assertThatThrownBy(() -> NetworkDefinition.of(Optional.empty(), List.of("q", "v"), List.of("energy"),
                new Lagrangian(3, 1, Activation.TANH))).hasMessageContaining("must not be 'energy', which equations use");
    }

    @Test
    void aChainHasNoField() {
        Network network = Architectures.network(new ResNet(1, Activation.TANH), 2);
        assertThat(network.field()).isEmpty();
        assertThat(network.scope().resolve("field")).isEmpty();
        assertThat(network.scope().resolve("energy")).isEmpty();
    }
}
