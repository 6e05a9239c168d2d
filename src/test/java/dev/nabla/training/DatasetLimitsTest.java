package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Rows;
import dev.nabla.datasets.Samples;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetLimitsTest {

    @Test
    void rowsHave20000000NumbersAtMost() {
        assertThat(rows(sameRow(2_000, 10_000)).size()).isEqualTo(2_000);
        assertThatThrownBy(() -> rows(sameRow(2_001, 10_000)))
                .hasMessage("/inputs must have at most 20000000 numbers, had 20010000");
        assertThatThrownBy(() -> rows(sameRow(1_000_000, 10_000)))
                .hasMessage("/inputs must have at most 20000000 numbers, had 10000000000");
    }

    @Test
    void aGridHas20000000NumbersAtMost() {
        assertThat(grid(Map.of(), new Axis(1, 4000, 1), new Axis(1, 2500, 1)).size()).isEqualTo(10_000_000);
        assertThatThrownBy(() -> grid(Map.of(), new Axis(1, 4000, 1), new Axis(1, 2501, 1)))
                .hasMessage("/grid must give at most 20000000 numbers, gives 20008000");
        Map<String, String> three = Map.of("a", "x", "b", "x", "c", "x");
        assertThatThrownBy(() -> grid(three, new Axis(1, 10_000, 1), new Axis(1, 700, 1)))
                .hasMessage("/grid must give at most 20000000 numbers, gives 21000000");
    }

    @Test
    void rowsHaveOneLengthAndFiniteNumbers() {
        assertThatThrownBy(() -> rows(new double[0][])).hasMessage("/inputs must have at least one row");
        assertThatThrownBy(() -> rows(new double[1][0])).hasMessage("/inputs/0 must have at least one number");
        assertThatThrownBy(() -> rows(new double[][] {{1, 2}, {3}, {4, Double.NaN}, {5, 6, 7}})).hasMessage(
                "/inputs/1 must have 2 numbers, as the first row has, had 1; /inputs/2/1 must be a finite number; "
                        + "/inputs/3 must have 2 numbers, as the first row has, had 3");
        assertThatThrownBy(() -> Rows.of(List.of(), List.of(), new double[][] {{1}, {2}}, new double[][] {{1}}))
                .hasMessage("/targets must have as many rows as inputs, which has 2, had 1");
        assertThatThrownBy(() -> Rows.of(List.of("y1"), List.of(), new double[][] {{1}}, new double[][] {{1}}))
                .hasMessage("/inputNames/0 must not be 'y1', as another column is");
    }

    @Test
    void anAxisHasAPositiveStepAndItsEndNotBelowItsBeginning() {
        Axis fine = new Axis(0, 1, 1);
        assertThatThrownBy(() -> grid(Map.of(), fine, new Axis(0, 1, 0)))
                .hasMessage("/grid/y/step must be above 0, was 0.0");
        assertThatThrownBy(() -> grid(Map.of(), fine, new Axis(0, 1, Double.NaN)))
                .hasMessage("/grid/y must have finite numbers");
        assertThatThrownBy(() -> grid(Map.of(), fine, new Axis(2, 1, 1)))
                .hasMessage("/grid/y/from must not be above to, which is 1.0, was 2.0");
        assertThatThrownBy(() -> Grid.of(new LinkedHashMap<>(), new LinkedHashMap<>(), new KernelEngine()))
                .hasMessage("/grid must have at least one axis");
        assertThat(grid(Map.of(), fine, new Axis(1, 1, 5)).inputs()).containsExactly(0, 1, 1, 1);
    }

    @Test
    void aTargetIsAFiniteScalarEverywhere() {
        Axis x = new Axis(-1, 1, 1);
        Axis y = new Axis(2, 3, 1);
        assertThatThrownBy(() -> grid(Map.of("z", "y/x"), x, y)).hasMessage(
                "/targets/z is not a finite number at x = 0.0, y = 2.0, nor at 1 other point");
        assertThatThrownBy(() -> grid(Map.of("z", "log(x)"), x, y)).hasMessage(
                "/targets/z is not a finite number at x = -1.0, y = 2.0, nor at 3 other points");
        assertThatThrownBy(() -> grid(Map.of("z", "[x, y]"), x, y))
                .hasMessage("/targets/z must be a scalar, has shape [2]");
        assertThat(grid(Map.of("z", "inputs.y - x"), x, y).targets()).containsExactly(3, 2, 1, 4, 3, 2);
    }

    @Test
    void theTargetsOfAPointAreARow() {
        Samples samples = grid(Map.of("s", "x + y", "p", "x*y"), new Axis(1, 2, 1), new Axis(3, 3, 1));
        int s = samples.targetNames().indexOf("s");
        double[] targets = samples.targets();
        assertThat(new double[] {targets[s], targets[1 - s], targets[2 + s], targets[3 - s]}).containsExactly(4, 3, 5, 6);
    }

    @Test
    void axesAndTargetsHaveNamesThatEquationsDoNotUse() {
        Axis axis = new Axis(0, 1, 1);
        assertThatThrownBy(() -> grid(Map.of("exp", "x"), axis, axis))
                .hasMessage("/targets/exp must not be 'exp', which equations use");
        assertThatThrownBy(() -> grid(Map.of("y", "x"), axis, axis))
                .hasMessage("/targets/y must not be 'y', as another column is");
        assertThatThrownBy(() -> Grid.of(new LinkedHashMap<>(Map.of("loss", axis)), new LinkedHashMap<>(),
                new KernelEngine())).hasMessage("/grid/loss must not be 'loss', which equations use");
        assertThatThrownBy(() -> grid(Map.of("z", "x + w"), axis, axis))
                .hasMessageStartingWith("/targets/z unknown name 'w'; known are ");
    }

    /** A step that divides the range but for a part of 10⁻⁹ of it ends at its end, a larger one before. */
    @Test
    void anAxisEndsAtItsEndWhereItsStepIsAsGoodAsAPartOfIt() {
        assertThat(new Axis(0, 1, 0.25 * (1 + 0.2e-9)).points()).hasSize(5).endsWith(1);
        assertThat(new Axis(0, 1, 0.25 * (1 - 0.2e-9)).points()).hasSize(5).endsWith(1);
        assertThat(new Axis(0, 1, 0.25 * (1 + 0.3e-9)).points()).hasSize(4);
        assertThat(new Axis(0, 1, 0.25 * (1 - 0.3e-9)).points()).hasSize(5).endsWith(1 - 0.3e-9);
        assertThat(new Axis(3, 3, 1).points()).containsExactly(3);
        assertThat(new Axis(3, 3.5, 1).points()).containsExactly(3);
        assertThat(new Axis(3, 3 + 1e-10, 1).points()).containsExactly(3);
    }

    private static double[][] sameRow(int rows, int columns) {
        double[][] all = new double[rows][];
        Arrays.fill(all, new double[columns]);
        return all;
    }

    private static Samples rows(double[][] inputs) {
        return Rows.of(List.of(), List.of(), inputs, null);
    }

    private static Samples grid(Map<String, String> targets, Axis x, Axis y) {
        var axes = new LinkedHashMap<String, Axis>();
        axes.put("x", x);
        axes.put("y", y);
        return Grid.of(axes, new LinkedHashMap<>(targets), new KernelEngine());
    }
}
