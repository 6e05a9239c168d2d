package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Rows;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.files.CsvSamples;
import dev.nabla.datasets.files.CsvSyntax;
import dev.nabla.datasets.files.TableReading;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.problems.InvalidException;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsInMemoryTest {

    @Test
    void aGridHasBothEndsAndItsFirstAxisVariesFastest() {
        Samples samples = grid(Map.of("z", "exp(-(x^2 + y^2))"), new Axis(-1, 1, 0.1), new Axis(-1, 1, 0.1));
        assertThat(samples.size()).isEqualTo(441);
        assertThat(samples.inputNames()).containsExactly("x", "y");
        assertThat(samples.inputs()[0]).isEqualTo(-1);
        assertThat(samples.inputs()[2]).isEqualTo(-0.9);
        assertThat(samples.inputs()[3]).isEqualTo(-1);
        assertThat(samples.inputs()[2 * 20]).isEqualTo(1);
        assertThat(samples.inputs()[2 * 21 + 1]).isEqualTo(-0.9);
        for (int i = 0; i < 441; i++) {
            double x = samples.inputs()[2 * i];
            double y = samples.inputs()[2 * i + 1];
            assertThat(samples.targets()[i]).isEqualTo(Math.exp(-(x * x + y * y)));
        }
    }

    @Test
    void anAxisThatItsStepDoesNotDivideEndsBefore() {
        assertThat(new Axis(0, 1, 0.3).size()).isEqualTo(4);
        assertThat(new Axis(0, 0.9, 0.3).points()[3]).isEqualTo(0.9);
        assertThat(new Axis(2, 2, 1).points()).containsExactly(2);
        assertThat(new Axis(0, 1, 1e-6).size()).isEqualTo(1_000_001);
        assertEnd(new Axis(0, 1_000_000.0005, 1), 1_000_001, 1_000_000);
        assertEnd(new Axis(0, 10.0000001, 0.1), 101, 10);
        assertEnd(new Axis(0, 0.9999999, 0.1), 10, 0.9);
        assertThat(new Axis(1e16, 1e16 + 6, 4).points()).containsExactly(1e16, 1e16 + 4);
    }

    /** n steps of k · 10^−digits from j · 10^−digits on, as they are written; also far from 0 and by a rounded step. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 12})
    void anAxisThatItsStepDividesHasBothEnds(int digits) {
        for (long step : new long[] {1, 2, 3, 5, 7, 10, 25, 125}) {
            for (long from : new long[] {-1_000_000_000_000L, -1000, -10, -1, 0, 1, 3, 1_000_000_000_000L}) {
                for (int steps : new int[] {1, 2, 3, 7, 10, 20, 999, 100_000}) {
                    assertEnd(new Axis(decimal(from, digits), decimal(from + steps * step, digits), decimal(step, digits)),
                            steps + 1, decimal(from + steps * step, digits));
                }
            }
        }
        for (int steps = 1; steps < 3000; steps++) {
            assertEnd(new Axis(-1, 1, 2.0 / steps), steps + 1, 1);
            assertEnd(new Axis(0, 0.1 * steps, 0.1), steps + 1, 0.1 * steps);
        }
        assertEnd(new Axis(0, 1, 1e-7), 10_000_001, 1);
        assertEnd(new Axis(0, 1, 1.0 / 9_999_999), 10_000_000, 1);
    }

    @Test
    void anAxisOfTheLargestNumbersIsFinite() {
        assertThat(new Axis(-1e308, 1e308, 1e308).points()).containsExactly(-1e308, 0, 1e308);
        assertThat(new Axis(-1.7e308, 1.6e308, 1.5e308).points()).hasSize(3).isSorted()
                .satisfies(points -> assertThat(points[2]).isCloseTo(1.3e308, withinPercentage(1e-12)));
        assertThat(new Axis(0, 1.5e-323, Double.MIN_VALUE).points()).containsExactly(0, 4.9e-324, 1e-323, 1.5e-323);
    }

    @Test
    void aStepBelowTheDistanceOfNumbersIsRefused() {
        Axis unit = new Axis(0, 1, 1);
        for (Axis fine : List.of(new Axis(1e16, 1e16 + 10, 0.5), new Axis(1e16, 1e16 + 10, 1.5),
                new Axis(0, 1e16 + 10, 1e-300), new Axis(0, 1e308, 1e-300), new Axis(-1e16 - 10, -1e16, 0.5),
                new Axis(9_007_199_254_740_990.0, 9_007_199_254_740_998.0, 1))) {
            assertThatThrownBy(() -> grid(Map.of(), unit, fine)).as(fine.toString())
                    .isInstanceOf(InvalidException.class)
                    .hasMessageStartingWith("/grid/y/step must be larger, so that no point is there twice: neighbouring "
                            + "numbers differ by ").hasMessageEndingWith(" there; was " + fine.step());
        }
        assertThat(grid(Map.of(), unit, new Axis(1e16, 1e16 + 10, 2)).size()).isEqualTo(12);
        assertThat(grid(Map.of(), unit, new Axis(1e16, 1e16, 0.5)).size()).isEqualTo(2);
    }

    @Test
    void aGridOfMorePointsThanCanBeCountedIsRefused() {
        var axes = new LinkedHashMap<String, Axis>();
        NetworkDefinition.numbered("x", 30).forEach(name -> axes.put(name, new Axis(0, 1, 1e-15)));
        assertThatThrownBy(() -> Grid.of(axes, new LinkedHashMap<>(), new Nd4jEngine()))
                .hasMessage("/grid must give at most 20000000 numbers, gives more than 1.0E18");
    }

    private static double decimal(long number, int digits) {
        return BigDecimal.valueOf(number, digits).doubleValue();
    }

    private static void assertEnd(Axis axis, int size, double end) {
        double[] points = axis.points();
        assertThat(points).as(axis.toString()).hasSize(size);
        assertThat(points[size - 1]).as(axis.toString()).isEqualTo(end);
    }

    @Test
    void csvIsReadAsItIsMeant() {
        Samples samples = csv("\uFEFF\"x\",note,\"z\",y\r\n1,\"a, \"\"b\"\"\",-2.5e-3, 7 \r\n\r\n.5,,+4,8\r\n", "x", "y");
        assertThat(samples.inputs()).containsExactly(1, 7, 0.5, 8);
        assertThat(samples.targets()).containsExactly(-0.0025, 4);
    }

    @Test
    void csvThatIsWrittenIsReadAsItWas() {
        var samples = new Samples(List.of("x", "y"), List.of("z"), new double[] {0.1 + 0.2, -0.0, 5e-324, 1e300},
                new double[] {1.0 / 3, -7});
        var written = new StringWriter();
        CsvSamples.write(samples, written);
        assertThat(csv(written.toString(), "x", "y")).usingRecursiveComparison().isEqualTo(samples);
    }

    @Test
    void rowsAreNamedFromX1AndY1UnlessNamed() {
        Samples samples = Rows.of(List.of(), List.of("z"), new double[][] {{1, 2}, {3, 4}}, new double[][] {{5}, {6}});
        assertThat(samples.inputNames()).containsExactly("x1", "x2");
        assertThat(samples.inputs()).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> Rows.of(List.of("a"), List.of("a b"), new double[][] {{1, 2}}, new double[][] {{5}}))
                .hasMessage("/inputNames must name the 2 columns, named 1; "
                        + "/targetNames/0 must be a letter followed by at most 63 letters, digits or underscores");
        assertThatThrownBy(() -> Rows.of(List.of(), List.of("u"), new double[][] {{1}}, null))
                .hasMessage("/targetNames must be left out, as there are no targets");
    }

    private static Samples grid(Map<String, String> targets, Axis x, Axis y) {
        var axes = new LinkedHashMap<String, Axis>();
        axes.put("x", x);
        axes.put("y", y);
        return Grid.of(axes, new LinkedHashMap<>(targets), new Nd4jEngine());
    }

    private static Samples csv(String text, String... inputs) {
        return CsvSamples.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                CsvSyntax.STANDARD, TableReading.of(List.of(inputs), List.of("z"))).samples();
    }
}
