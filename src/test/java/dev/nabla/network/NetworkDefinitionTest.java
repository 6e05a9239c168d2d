package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkDefinitionTest {

    private static final DenseLayer ONE_UNIT = DenseLayer.of(1, Activation.TANH);

    @Test
    void reportsEverythingThatIsWrongWithUnits() {
        assertThat(violations(List.of("x"), List.of("z"), List.of(layer(0), layer(-1), layer(1_000_000_000), ONE_UNIT)))
                .containsExactly(Problem.of("/layers/0/units", "must be between 1 and 4096, was 0"),
                        Problem.of("/layers/1/units", "must be between 1 and 4096, was -1"),
                        Problem.of("/layers/2/units", "must be between 1 and 4096, was 1000000000"));
    }

    @Test
    void refusesTooManyLayersAndParametersWithTheNumbers() {
        assertThat(violations(List.of("x"), List.of("z"), Collections.nCopies(1_000_000, ONE_UNIT)))
                .containsExactly(Problem.of("/layers", "must have between 1 and 1000 items, had 1000000"));
        assertThat(violations(List.of("x"), NetworkDefinition.numbered("y", 4096),
                Collections.nCopies(1000, layer(4096))))
                .containsExactly(Problem.of("/layers",
                        "must have at most 20000000 parameters, had 16764538880"));
    }

    @Test
    void refusesEmptyNetworks() {
        assertThat(violations(List.of(), List.of(), List.of()))
                .containsExactly(Problem.of("/inputs", "must have between 1 and 4096 items, had 0"),
                        Problem.of("/layers", "must have between 1 and 1000 items, had 0"));
    }

    @ParameterizedTest
    @CsvSource({"../x", "'a b'", "\\frac", "x y", "1x", "x²", "''", "x}", "a.b"})
    void refusesNamesThatAreNoIdentifiers(String name) {
        assertThat(violations(List.of(name), List.of("z"), List.of(ONE_UNIT))).containsExactly(Problem.of(
                "/inputs/0", "must be a letter followed by at most 63 letters, digits or underscores"));
    }

    @ParameterizedTest
    @CsvSource({"tanh", "D", "inputs", "outputs", "L1", "sum"})
    void refusesNamesThatEquationsUse(String name) {
        assertThat(violations(List.of("x"), List.of(name), List.of(ONE_UNIT))).containsExactly(Problem.of(
                "/outputs/0", "must not be '" + name + "', which equations use"));
    }

    @Test
    void namesThatGotAMeaningSinceAreReadAsTheyWereStored() {
        var stored = new NetworkDefinition(Optional.empty(), List.of("sech", "xlogy"), List.of("normcdf"), List.of(ONE_UNIT));
        assertThat(NetworkDocument.of(stored).definition()).isEqualTo(stored);
    }

    @Test
    void refusesNamesThatCollide() {
        assertThat(violations(List.of("x", "x"), List.of("x"), List.of(ONE_UNIT))).containsExactly(
                Problem.of("/inputs/1", "must not be 'x', as item 0 of inputs is"),
                Problem.of("/outputs/0", "must not be 'x', as item 0 of inputs is"));
    }

    @Test
    void outputsAreAsManyAsTheLastLayerHasUnits() {
        assertThat(violations(List.of("x"), List.of("y1", "y2"), List.of(ONE_UNIT))).containsExactly(
                Problem.of("/outputs", "must name the 1 units of the last layer, named 2"));
    }

    private static DenseLayer layer(int units) {
        return DenseLayer.of(units, Activation.TANH);
    }

    private static List<Problem> violations(List<String> inputs, List<String> outputs, List<DenseLayer> layers) {
        return catchThrowableOfType(InvalidException.class,
                () -> NetworkDefinition.of(Optional.empty(), inputs, outputs, new Chain(List.copyOf(layers)))).problems();
    }
}
