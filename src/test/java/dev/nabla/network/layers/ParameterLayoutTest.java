package dev.nabla.network.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {

    private final ParameterLayout layout = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"),
            List.of("z"), List.of(DenseLayer.of(2, Activation.TANH), new DenseLayer(1, Activation.IDENTITY, false))))
            .parameters();

    @Test
    void nestsByLayerAndLetterRowMajor() {
        assertThat(layout.nest(new double[] {1, 2, 3, 4, 5, 6, 7, 8})).isEqualTo(Map.of(
                "L1", Map.of("W", List.of(List.of(1.0, 2.0), List.of(3.0, 4.0)), "b", List.of(5.0, 6.0)),
                "L2", Map.of("W", List.of(List.of(7.0, 8.0)))));
    }

    @Test
    void flatteningUndoesNesting() {
        double[] flat = GlorotUniform.parameters(layout, 42);
        assertThat(layout.flatten(layout.nest(flat))).isEqualTo(flat);
    }

    @Test
    void reportsEveryMisfit() {
        Map<String, Map<String, ?>> nested = Map.of(
                "L1", Map.of("W", List.of(List.of(1, 2), List.of(3)), "c", List.of()),
                "L2", Map.of("W", List.of(List.of(Double.NaN, "8"))));
        assertThat(catchThrowableOfType(InvalidException.class, () -> layout.flatten(nested)).problems())
                .containsExactlyInAnyOrder(
                        Problem.of("/L1/W/1", "must be an array of 2 items, had 1"),
                        Problem.of("/L1/b", "is missing, must have shape [2]"),
                        Problem.of("/L1/c", "is no parameter of the network"),
                        Problem.of("/L2/W/0/0", "must be a finite number"),
                        Problem.of("/L2/W/0/1", "must be a finite number"));
    }

    @Test
    void glorotWeightsStayInTheirBoundsAndBiasesAreZero() {
        ParameterLayout wide = Network.of(new NetworkDefinition(Optional.empty(),
                NetworkDefinition.numbered("x", 40), NetworkDefinition.numbered("y", 60),
                List.of(DenseLayer.of(60, Activation.TANH)))).parameters();
        double[] flat = GlorotUniform.parameters(wide, 7);
        double bound = Math.sqrt(6.0 / 100);
        double sumOfSquares = 0;
        for (int i = 0; i < 2400; i++) {
            assertThat(Math.abs(flat[i])).isLessThan(bound);
            sumOfSquares += flat[i] * flat[i];
        }
        assertThat(sumOfSquares / 2400).isBetween(0.9 * bound * bound / 3, 1.1 * bound * bound / 3);
        assertThat(Arrays.stream(flat, 2400, 2460)).containsOnly(0.0);
        assertThat(GlorotUniform.parameters(wide, 7)).isEqualTo(flat);
        assertThat(GlorotUniform.parameters(wide, 8)).isNotEqualTo(flat);
    }
}
