package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.network.layers.ResidualLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureParametersTest {

    @Test
    void layersHaveWeightsAndBiases() {
        assertThat(parameters(new Chain(List.of(DenseLayer.of(3, Activation.TANH), new LinearLayer(4),
                new ResidualLayer(Activation.TANH), new AffineLayer(1))), 2)).containsExactly("L1.W [3, 2]", "L1.b [3]",
                        "L2.W [4, 3]", "L3.W [4, 4]", "L3.b [4]", "L4.W [1, 4]", "L4.b [1]");
    }

    @Test
    void aHamiltonianEndsInALinearUnit() {
        assertThat(parameters(new Hamiltonian(16, 2, Activation.TANH), 4)).containsExactly("L1.W [16, 4]", "L1.b [16]",
                "L2.W [16, 16]", "L2.b [16]", "L3.W [1, 16]");
    }

    @Test
    void aResNetHasSquareLayers() {
        assertThat(parameters(new ResNet(2, Activation.TANH), 3)).containsExactly("L1.W [3, 3]", "L1.b [3]",
                "L2.W [3, 3]", "L2.b [3]");
    }

    @Test
    void anLaSympNetEndsInALinearModule() {
        assertThat(parameters(new LaSympNet(1, 2, Activation.TANH), 6)).containsExactly("L1.A1 [3, 3]",
                "L1.A2 [3, 3]", "L1.bq [3]", "L1.bp [3]", "L2.a [3]", "L3.A1 [3, 3]", "L3.A2 [3, 3]", "L3.bq [3]",
                "L3.bp [3]");
    }

    @Test
    void aGSympNetHasTwoModulesPerLayer() {
        assertThat(parameters(new GSympNet(1, 5, Activation.TANH), 4)).containsExactly("L1.K [5, 2]", "L1.b [5]",
                "L1.a [5]", "L2.K [5, 2]", "L2.b [5]", "L2.a [5]");
    }

    @Test
    void volumePreservingLayersHaveTheEntriesOfTriangles() {
        assertThat(parameters(new VolumePreserving(1, Activation.TANH), 4)).containsExactly("L1.W [6]", "L1.b [4]",
                "L2.W [6]", "L2.b [4]");
    }

    @Test
    void aGeneralizedHamiltonianHasItsKineticAndItsPotentialNetworkOnce() {
        assertThat(parameters(new GeneralizedHamiltonian(3, 1, Activation.TANH, 9, 0.1, Integrator.STOERMER_VERLET, 0), 4))
                .containsExactly("L1.W [3, 2]", "L1.b [3]", "L2.W [1, 3]", "L3.W [3, 2]", "L3.b [3]", "L4.W [1, 3]");
    }

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void initialParametersAreZeroForBiasesOnly(Architecture architecture) {
        ParameterLayout layout = Architectures.network(architecture, 4).parameters();
        double[] flat = GlorotUniform.parameters(layout, 3);
        layout.split(flat).forEach((symbol, values) -> {
            if (!symbol.name().contains(".")) {
                return;
            }
            boolean isBias = symbol.name().matches("(.*\\.)?L[0-9]+\\.b[qp]?");
            assertThat(Arrays.stream(values).allMatch(value -> value == 0)).as(symbol.name()).isEqualTo(isBias);
            assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).as(symbol.name())
                    .isLessThan(symbol.name().endsWith(".a") ? 0.1 : Math.sqrt(3));
        });
        Map<String, Object> nested = layout.nest(flat);
        assertThat(layout.flatten(nested)).isEqualTo(flat);
    }

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void weightsAreTheMatricesAndTheEntriesOfTriangles(Architecture architecture) {
        ParameterLayout layout = Architectures.network(architecture, 4).parameters();
        for (int i = 0; i < layout.symbols().size(); i++) {
            String name = layout.symbols().get(i).name();
            assertThat(layout.isWeights(i)).as(name).isEqualTo(name.matches("(.*\\.)?L[0-9]+\\.(W|K|A[0-9]+)"));
        }
    }

    private static List<String> parameters(Architecture architecture, int inputs) {
        return Architectures.network(architecture, inputs).parameters().symbols().stream()
                .map(symbol -> symbol.name() + " " + symbol.shape()).toList();
    }
}
