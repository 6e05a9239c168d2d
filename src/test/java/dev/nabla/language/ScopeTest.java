package dev.nabla.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    private static final Expression OUTPUTS = Arithmetic.symbol("outputs", Shape.of(2));
    private static final Expression TARGETS = Arithmetic.symbol("targets", Shape.of(3));

    private final Scope network = scope("outputs", OUTPUTS, List.of("u", "v")).and(Scope.of(Map.of("L1.W", OUTPUTS)));
    private final Scope both = network.and(scope("targets", TARGETS, List.of("u", "g", "L1")));

    @Test
    void aNameWithOneMeaningIsThat() {
        assertThat(both.resolve("v")).contains(LinearAlgebra.entry(OUTPUTS, 1));
        assertThat(both.resolve("g")).contains(LinearAlgebra.entry(TARGETS, 1));
        assertThat(both.resolve("outputs.u")).contains(LinearAlgebra.entry(OUTPUTS, 0));
        assertThat(both.resolve("targets.u")).contains(LinearAlgebra.entry(TARGETS, 0));
        assertThat(network.and(network).resolve("u")).contains(LinearAlgebra.entry(OUTPUTS, 0));
    }

    @Test
    void aNameWithTwoMeaningsIsRefusedWithTheSpellingOfEach() {
        assertThat(both.resolve("u")).isEmpty();
        assertRefused("v * u", 4, "'u' could mean several things here: write outputs.u or targets.u");
        assertRefused("L1 + 1", 0, "'L1' could mean several things here: write L1.W or targets.L1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itStaysRefusedWhateverIsAdded(boolean first) {
        Scope other = Scope.of(Map.of("u", Arithmetic.constant(1)));
        Scope all = first ? other.and(both) : both.and(other);
        assertThat(all.resolve("u")).isEmpty();
        assertThat(all.names()).doesNotContain("u").contains("v");
    }

    @Test
    void aNameThatIsUnclearInOneScopeIsUnclearInBothTogether() {
        Scope all = Scope.of(Map.of("energy", OUTPUTS)).and(both);
        assertThat(all.resolve("u")).isEmpty();
        assertThat(all.refusal("u")).isEqualTo(both.refusal("u"));
    }

    @Test
    void aNameThatBeginsPathsOfTheOtherScopeIsUnclearWhicheverComesFirst() {
        Scope reversed = scope("targets", TARGETS, List.of("u", "g", "L1")).and(network);
        assertThat(reversed.resolve("L1")).isEmpty();
        assertThat(reversed.refusal("L1"))
                .isEqualTo("'L1' could mean several things here: write targets.L1 or L1.W");
    }

    /** Without a path the advice is to rename. */
    @Test
    void aMeaningWithoutAPathIsReachedByRenaming() {
        Scope energy = Scope.of(Map.of("energy", Arithmetic.constant(1)))
                .and(scope("targets", TARGETS, List.of("energy", "b", "c")));
        assertThat(energy.refusal("energy"))
                .isEqualTo("'energy' could mean several things here: write targets.energy, or rename what is called so");
    }

    private void assertRefused(String equation, int position, String message) {
        assertThatThrownBy(() -> Equation.parse(equation, both)).isInstanceOfSatisfying(EquationException.class, e -> {
            assertThat(e.position()).isEqualTo(position);
            assertThat(e).hasMessage(message);
        });
    }

    private static Scope scope(String name, Expression vector, List<String> entries) {
        return Scope.of(Map.of(name, vector)).and(Scope.of(Scope.entries("", entries, vector)))
                .and(Scope.of(Scope.entries(name + ".", entries, vector)));
    }
}
