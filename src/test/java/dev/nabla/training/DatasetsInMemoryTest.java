package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.program.Nd4jEngine;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        assertThat(new Axis(0, 0.9, 0.3).point(3)).isEqualTo(0.9);
        assertThat(new Axis(2, 2, 1).size()).isEqualTo(1);
        assertThat(new Axis(0, 1, 1e-6).size()).isEqualTo(1_000_001);
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
    void everyWrongLineIsNamedUpToTwenty() {
        assertThatThrownBy(() -> csv("x,y,z\n1,2,3\n1,0x1p3,\n1\n", "x", "y")).hasMessage(
                " line 3, column 'y': '0x1p3' is not a finite number;  line 3, column 'z': '' is not a finite number; "
                        + " line 4 has 1 fields, the header has 3");
        assertThatThrownBy(() -> csv("x,y,z\n" + "1,2,?\n".repeat(30), "x", "y"))
                .isInstanceOfSatisfying(InvalidSamplesException.class, e -> {
                    assertThat(e.problems()).hasSize(21);
                    assertThat(e.problems().getLast().detail()).isEqualTo("and 10 more");
                });
        assertThatThrownBy(() -> csv("x,y,z\n1,2,\"3\n", "x", "y")).isInstanceOf(InvalidSamplesException.class);
        assertThatThrownBy(() -> csv("", "x", "y")).hasMessage(" is empty, must begin with a header");
        assertThatThrownBy(() -> csv("x,x,z\n1,2,3\n", "x")).hasMessage(" there are several columns 'x'");
    }

    @Test
    void rowsAreNamedFromX1AndY1UnlessNamed() {
        Samples samples = Rows.of(List.of(), List.of("z"), new double[][] {{1, 2}, {3, 4}}, new double[][] {{5}, {6}});
        assertThat(samples.inputNames()).containsExactly("x1", "x2");
        assertThat(samples.inputs()).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> Rows.of(List.of("a"), List.of("a b"), new double[][] {{1, 2}}, new double[][] {{5}}))
                .hasMessage("/inputNames must name the 2 columns, named 1; "
                        + "/targetNames/0 must be a letter followed by at most 63 letters, digits or underscores");
    }

    private static Samples grid(Map<String, String> targets, Axis x, Axis y) {
        var axes = new LinkedHashMap<String, Axis>();
        axes.put("x", x);
        axes.put("y", y);
        return Grid.of(axes, new LinkedHashMap<>(targets), new Nd4jEngine());
    }

    private static Samples csv(String text, String... inputs) {
        return CsvSamples.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), List.of(inputs),
                List.of("z"));
    }
}
