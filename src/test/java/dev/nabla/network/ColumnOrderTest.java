package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnOrderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x t | t x | 1 0",
        "x y z | z x y | 1 2 0",
        "x y | x y | 0 1",
        "x y | x1 x2 | 0 1",
        "x1 x2 | t x | 0 1",
        "x1 x2 | x2 x1 | 1 0",
        "x1 x2 x3 | x1 x2 t | 0 1 2",
    })
    void inputsAreMatchedByNameWhereBothSidesHaveNamesElseByPosition(String inputs, String columns, String order) {
        assertThat(ColumnOrder.ofInputs(network(inputs, "y1"), names(columns))).containsExactly(
                names(order).stream().mapToInt(Integer::parseInt).toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x t | x y | they are matched by name, in any order, so rename the data",
        "x | t | they are matched by name",
        "x t | x | they must be as many",
        "x1 x2 | a b c | they must be as many",
        "x y | x x | they are matched by name",
        "x1 x2 | a a | they are matched by name",
        "x1 x2 x3 | x2 x3 t | they are matched by name",
        "x2 x1 | x1 x2 | the latter stand where nobody gave names too",
    })
    void whatDoesNotMatchIsRefusedWithBothListsAndTheWayToMendIt(String inputs, String columns, String advice) {
        assertThatThrownBy(() -> ColumnOrder.ofInputs(network(inputs, "y1"), names(columns)))
                .isInstanceOf(UnmatchedNamesException.class)
                .hasMessageStartingWith("the network has the inputs " + names(inputs) + ", the data has " + names(columns)
                        + ": " + advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "u v w | w u v | 1 2 0",
        "u v | u v | 0 1",
        "u v | v w | 0 1",
        "u v | v u w | 0 1 2",
        "u | v | 0",
        "y1 y2 | y2 y1 | 1 0",
    })
    void targetsThatAreCalledLikeTheOutputsHaveTheirOrderAndOthersTheirOwn(String outputs, String targets,
            String order) {
        assertThat(ColumnOrder.ofTargets(network("x", outputs), names(targets))).containsExactly(
                names(order).stream().mapToInt(Integer::parseInt).toArray());
    }

    @Test
    void targetsThatNobodyNamedAreRefusedWhereTheOutputsHaveTheirNamesInAnotherOrder() {
        assertThatThrownBy(() -> ColumnOrder.ofTargets(network("x", "y2 y1"), List.of("y1", "y2")))
                .isInstanceOf(UnmatchedNamesException.class)
                .hasMessageContaining("the latter stand where nobody gave names too");
    }

    @Test
    void aColumnThatIsCalledLikeSomethingOfTheOtherSideIsRefused() {
        NetworkDefinition inverse = network("y1 y2", "x1 x2");
        assertThatThrownBy(() -> ColumnOrder.ofInputs(inverse, List.of("x1", "x2"))).hasMessage(
                "the network has the inputs [y1, y2], the data has [x1, x2]: 'x1' is on the other side of the network, so "
                        + "give the data the network's names or other ones");
        assertThatThrownBy(() -> ColumnOrder.ofOutputs(inverse, List.of("y1", "y2"))).hasMessageStartingWith(
                "the network has the outputs [x1, x2], the data has [y1, y2]: 'y1' is on the other side");
        assertThatThrownBy(() -> ColumnOrder.ofInputs(network("x1 x2", "u"), List.of("t", "u")))
                .hasMessageContaining("'u' is on the other side");
        assertThatThrownBy(() -> ColumnOrder.ofOutputs(network("x t", "y1 y2"), List.of("v", "t")))
                .hasMessageContaining("'t' is on the other side");
        assertThat(ColumnOrder.ofInputs(inverse, List.of("y2", "y1"))).containsExactly(1, 0);
        assertThat(ColumnOrder.ofInputs(network("x1 x2", "u"), List.of("a", "b"))).containsExactly(0, 1);
    }

    @Test
    void inputsWithoutNamesGetThoseOfTheFirstTableThatHasSome() {
        NetworkDefinition network = network("x1 x2", "y1");
        List<String> names = ColumnOrder.names(network.inputs(), List.of("x1", "x2"));
        assertThat(names).isEqualTo(network.inputs());
        names = ColumnOrder.names(names, List.of("q", "p"));
        assertThat(ColumnOrder.names(names, List.of("x1", "x2"))).isEqualTo(names).containsExactly("q", "p");
        assertThat(ColumnOrder.ofInputs(network, names, List.of("p", "q"))).containsExactly(1, 0);
        assertThat(ColumnOrder.ofInputs(network, names, List.of("x1", "x2"))).containsExactly(0, 1);
        assertThatThrownBy(() -> ColumnOrder.ofInputs(network, List.of("q", "p"), List.of("q", "v"))).hasMessageStartingWith(
                "another dataset has the inputs [q, p], the data has [q, v]: they are matched by name");
        NetworkDefinition named = network("x t", "u");
        assertThat(ColumnOrder.names(named.inputs(), List.of("x1", "x2"))).containsExactly("x", "t");
    }

    @Test
    void oneOutputTakesOneTargetWhateverTheyAreCalled() {
        assertThat(ColumnOrder.ofOutputs(network("x", "u"), List.of("z"))).containsExactly(0);
        assertThat(ColumnOrder.ofOutputs(network("x", "u v"), List.of("v", "u"))).containsExactly(1, 0);
        assertThat(ColumnOrder.ofOutputs(network("x", "u v"), List.of("y1", "y2"))).containsExactly(0, 1);
        assertThat(ColumnOrder.ofOutputs(network("x", "y1 y2"), List.of("a", "b"))).containsExactly(0, 1);
        assertThatThrownBy(() -> ColumnOrder.ofOutputs(network("x", "u v"), List.of("u", "w")))
                .hasMessageStartingWith("the network has the outputs [u, v], the data has [u, w]");
        assertThatThrownBy(() -> ColumnOrder.ofOutputs(network("x", "u"), List.of()))
                .hasMessage("the network has the outputs [u], the data has none: they must be as many");
    }

    @Test
    void longListsOfNamesAreCut() {
        List<String> many = NetworkDefinition.numbered("a", 40);
        assertThatThrownBy(() -> ColumnOrder.ofInputs(network("x", "y"), many)).hasMessageContaining("a32, … (40)]");
    }

    private static NetworkDefinition network(String inputs, String outputs) {
        return new NetworkDefinition(Optional.empty(), names(inputs), names(outputs),
                List.of(DenseLayer.of(names(outputs).size(), Activation.TANH)));
    }

    private static List<String> names(String text) {
        return List.of(text.split(" "));
    }
}
