package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.language.Equation;
import dev.nabla.problems.InvalidException;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Networks whose inputs and outputs are normalized. */
class NormalizationTest {

    private static final String NUMBERS = """
            "normalization": {"inputs": {"q": {"mean": 3, "scale": 2}, "p": {"scale": 0.25}},
                              "outputs": {"H": {"mean": -1, "scale": 5}}}""";
    private static final String[] NAMES = {"q", "p"};
    private static final double[] SCALES = {2, 0.25};

    @Test
    void theNumbersAreParametersBehindAllOthers() {
        Network network = network("\"inputs\": [\"q\", \"p\"], \"outputs\": [\"H\"], \"layers\": [{\"units\": 1}], " + NUMBERS);
        assertThat(network.parameters().symbols().stream().map(Symbol::name)).containsExactly("L1.W", "L1.b",
                "normalization.q.mean", "normalization.q.scale", "normalization.p.mean", "normalization.p.scale",
                "normalization.H.mean", "normalization.H.scale");
        assertThat(network.parameters().nest(GlorotUniform.parameters(network.parameters(), 1)).get("normalization"))
                .hasToString("{q={mean=3.0, scale=2.0}, p={mean=0.0, scale=0.25}, H={mean=-1.0, scale=5.0}}");
    }

    @Test
    void whatIsNotNamedIsSeenAsItIs() {
        Network network = network("""
                "inputs": ["q", "p"], "outputs": ["H"], "layers": [{"type": "linear", "units": 1}],
                "normalization": {"inputs": {"p": {"mean": 1, "scale": 4}}}""");
        assertThat(network.parameters().size()).isEqualTo(4);
        assertThat(printed("H", network, Form.SCALAR, Format.TEXT))
                .containsExactly("L1.W[1,2] * ((p - normalization.p.mean) / normalization.p.scale) + L1.W[1,1] * q");
    }

    /** The plain network at (x − mean) / scale, whose derivatives have a factor 1 / scale for every x. */
    @ParameterizedTest
    @ValueSource(strings = {
        "\"layers\": [{\"units\": 3}, {\"units\": 1, \"activation\": \"identity\"}]",
        "\"architecture\": {\"type\": \"hamiltonian\", \"width\": 3, \"hiddenLayers\": 1}",
        "\"architecture\": {\"type\": \"equations\", \"parts\": {\"N\": {\"inputs\": 2, \"layers\": [{\"units\": 2}, "
                + "{\"units\": 1}]}}, \"outputs\": {\"H\": \"q * N(q, p) + p\"}}"
    })
    void outputsAndDerivativesAreNatural(String between) {
        Network network = network("\"inputs\": [\"q\", \"p\"], \"outputs\": [\"H\"], " + between + ", " + NUMBERS);
        Network plain = network("\"inputs\": [\"q\", \"p\"], \"outputs\": [\"H\"], " + between);
        double[] flat = random(network, 1);
        double[] x = {3.75, -0.2};
        double[] z = {(x[0] - 3) / 2, x[1] / 0.25};
        double[] inner = Arrays.copyOf(flat, plain.parameters().size());
        assertThat(value(network, "H", flat, x)[0]).isCloseTo(5 * value(plain, "H", inner, z)[0] - 1, within(1e-13));
        for (int i = 0; i < 2; i++) {
            assertThat(value(network, "D(H, " + NAMES[i] + ")", flat, x)[0])
                    .isCloseTo(5 * value(plain, "D(H, " + NAMES[i] + ")", inner, z)[0] / SCALES[i], within(1e-12));
        }
        assertThat(value(network, "D(H, q, p)", flat, x)[0])
                .isCloseTo(5 * value(plain, "D(H, q, p)", inner, z)[0] / (SCALES[0] * SCALES[1]), within(1e-11));
    }

    @Test
    void anEnergyAndItsFieldAreOfTheNaturalInputs() {
        Network network = network("""
                "inputs": ["q", "p"], "outputs": ["H"], "architecture": {"type": "hamiltonian", "width": 3, "hiddenLayers": 1},
                """ + NUMBERS);
        double[] flat = random(network, 2);
        double[] x = {2.5, 0.1};
        assertThat(value(network, "energy - H", flat, x)[0]).isZero();
        assertThat(value(network, "field - [D(H, p), -D(H, q)]", flat, x)).containsExactly(new double[] {0, 0}, within(1e-14));
    }

    /** q̈ = (∂²L/∂v²)⁻¹ (∂L/∂q − ∂²L/∂v∂q v) for natural q and v. */
    @Test
    void aLagrangianMovesByTheEquationsOfTheNaturalInputs() {
        Network network = network("""
                "inputs": ["q", "p"], "outputs": ["H"], "architecture": {"type": "lagrangian", "width": 3, "hiddenLayers": 1,
                 "activation": "softplus"},
                """ + NUMBERS);
        double[] flat = random(network, 3);
        double[] x = {2.5, 0.1};
        assertThat(value(network, "field - [p, (D(H, q) - D(H, p, q) * p) / D(H, p, p)]", flat, x))
                .containsExactly(new double[] {0, 0}, within(1e-10));
        assertThat(value(network, "energy - (p * D(H, p) - H)", flat, x)[0]).isCloseTo(0, within(1e-12));
    }

    /** The Jacobian J of a symplectic map has Jᵀ Ω J = Ω. */
    @ParameterizedTest
    @ValueSource(strings = {"\"type\": \"sympnet-la\", \"layers\": 1, \"sublayers\": 2", "\"type\": \"sympnet-g\", "
            + "\"layers\": 1, \"width\": 3"})
    void scalesWithOneProductLeaveAMapSymplectic(String architecture) {
        String definition = "\"inputs\": [\"a\", \"b\", \"c\", \"d\"], \"outputs\": [\"e\", \"f\", \"g\", \"h\"], "
                + "\"architecture\": {" + architecture + "}, \"normalization\": ";
        Network network = network(definition + """
                {"inputs": {"a": {"mean": 1, "scale": 2}, "b": {"scale": 8}, "c": {"scale": 4}},
                 "outputs": {"e": {"scale": 4}, "f": {"scale": 16}, "g": {"mean": 3, "scale": 2}, "h": {"scale": 0.5}}}""");
        double[] j = value(network, "D(outputs, inputs)", random(network, 4), new double[] {0.5, 2, -1, 0.3});
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                double sum = 0;
                for (int k = 0; k < 2; k++) {
                    sum += j[4 * k + row] * j[4 * (k + 2) + column] - j[4 * (k + 2) + row] * j[4 * k + column];
                }
                assertThat(sum).isCloseTo(column == row + 2 ? 1 : column == row - 2 ? -1 : 0, within(1e-11));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '$', value = {
        "\"layers\": [{\"units\": 2}], \"normalization\": {} | /normalization must have inputs, outputs or both",
        "\"layers\": [{\"units\": 2}], \"normalization\": {\"inputs\": {\"z\": {}, \"a\": {\"scale\": 0}}} | "
                + "/normalization/inputs/a/scale must be above 0, was 0.0~/normalization/inputs/z is not among the inputs, which are "
                + "a, b",
        "\"layers\": [{\"units\": 2}], \"normalization\": {\"inputs\": {\"z\": {}}, \"outputs\": {\"a\": {}}} | "
                + "/normalization/inputs/z is not among the inputs, which are a, b~"
                + "/normalization/outputs/a is not among the outputs, which are y1, y2",
        "\"layers\": [{\"units\": 2}], \"normalization\": {\"inputs\": \"z-score\"} | "
                + "/normalization/inputs must be one of standard, min-max, or an object, was 'z-score'",
        "\"architecture\": {\"type\": \"sympnet-g\", \"layers\": 1, \"width\": 2}, \"normalization\": {\"inputs\": \"standard\"} | "
                + "/normalization must be numbers, as fitted ones would not leave the map symplectic: for inputs and outputs, "
                + "with every scale of q times that of its p the same for inputs and outputs",
        "\"architecture\": {\"type\": \"sympnet-la\", \"layers\": 1, \"sublayers\": 2}, \"normalization\": {\"inputs\": "
                + "{\"a\": {\"scale\": 2}}} | /normalization would not leave the map symplectic: every scale of q times that of its "
                + "p must be the same, for inputs and outputs",
        "\"architecture\": {\"type\": \"volume-preserving\", \"blocks\": 1}, \"normalization\": {\"inputs\": "
                + "{\"a\": {\"scale\": 2}}, \"outputs\": {\"y1\": {\"scale\": 3}}} | /normalization would not keep volumes: the "
                + "scales must have the same product for inputs and outputs",
        "\"architecture\": {\"type\": \"generalized-hamiltonian\", \"width\": 2, \"hiddenLayers\": 1, \"steps\": 1, "
                + "\"stepSize\": 1}, \"normalization\": {\"inputs\": \"standard\"} | /normalization is not for "
                + "generalized-hamiltonian, whose steps in time are of the natural inputs: scale the data, and the step size "
                + "with it",
        "\"architecture\": {\"type\": \"equations\", \"outputs\": {\"u\": \"a\"}, \"field\": \"[a, b]\"}, \"normalization\": "
                + "{\"inputs\": \"standard\"} | /normalization/inputs must be left out where field is given, which is of the "
                + "natural inputs: scale them in the equations, as in N((x - 3) / 2)"
    })
    void whatIsWrongIsSaid(String fields, String problems) {
        var e = catchThrowableOfType(InvalidException.class, () -> read("{\"inputs\": [\"a\", \"b\"], " + fields + "}"));
        assertThat(e.problems().stream().map(problem -> problem.pointer() + " " + problem.detail()))
                .containsExactlyInAnyOrder(problems.split("~"));
    }

    private static Network network(String fields) {
        return Network.of(read("{" + fields + "}").definition());
    }

    private static List<String> printed(String equation, Network network, Form form, Format format) {
        var result = Renderer.render(Equation.parse(equation, network.scope()), network.notation(), form, format, false, 1000);
        return form == Form.SCALAR ? result.entries() : List.of(result.expression());
    }

    private static NetworkDocument read(String json) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return DocumentReader.read(parser, NetworkDocument.class).valid();
        }
    }

    private static double[] random(Network network, long seed) {
        double[] flat = GlorotUniform.parameters(network.parameters(), seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < network.parameters().parameters().size(); i++) {
            if (network.parameters().parameters().get(i).isTrainable()) {
                int offset = network.parameters().offset(i);
                IntStream.range(offset, offset + network.parameters().parameters().get(i).size())
                        .forEach(j -> flat[j] = random.nextDouble(-1, 1));
            }
        }
        return flat;
    }

    private static double[] value(Network network, String equation, double[] flat, double[] x) {
        Expression expression = Equation.parse(equation, network.scope());
        List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        return Evaluation.of(List.of(expression), symbols, new KernelEngine()).evaluate(network.parameters().split(flat),
                Map.of(network.inputs(), new double[][] {x}), 1)[0][0];
    }
}
