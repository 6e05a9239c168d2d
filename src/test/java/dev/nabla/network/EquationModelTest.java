package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.Work;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.problems.InvalidException;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Models that are written as equations over parts and coefficients. */
class EquationModelTest {

    private static final String WAVE = """
            {"inputs": ["x", "t"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 2, "layers": [{"units": 3}, {"units": 1, "activation": "identity"}]}},
             "coefficients": {"nu": {"initial": 0.1, "min": 0}, "k": {"initial": [[1, 0], [0, 2]], "trainable": false}},
             "outputs": {"u": "(1 - x^2) * N(x, t) - sin(nu * x)"}}}""";

    private static final Engine ENGINE = new KernelEngine();

    /** Much less work than what is refused here would take. */
    private static final long LITTLE = 10_000_000_000L;

    private final Network wave = network(WAVE);

    @Test
    void parametersAreThoseOfThePartsAndThenTheCoefficients() {
        assertThat(wave.parameters().symbols().stream().map(symbol -> symbol.name() + " " + symbol.shape()))
                .containsExactly("N.L1.W [3, 2]", "N.L1.b [3]", "N.L2.W [1, 3]", "N.L2.b [1]", "nu []", "k [2, 2]");
        Map<String, Object> nested = wave.parameters().nest(GlorotUniform.parameters(wave.parameters(), 1));
        assertThat(nested.keySet()).containsExactly("N", "nu", "k");
        assertThat(nested).containsEntry("nu", 0.1).containsEntry("k", List.of(List.of(1.0, 0.0), List.of(0.0, 2.0)));
        assertThat(((Map<?, ?>) nested.get("N")).keySet()).hasToString("[L1, L2]");
    }

    /** The same numbers as the network written flat, so that nothing is lost by a part. */
    @Test
    void aModelOfOnePartIsThatNetwork() {
        Network flat = network("{\"inputs\": [\"x\", \"t\"], \"outputs\": [\"u\"], \"layers\": [{\"units\": 3}, {\"units\": 1}]}");
        Network part = network("""
                {"inputs": ["x", "t"], "architecture": {"type": "equations", "outputs": {"u": "N(x, t)"},
                 "parts": {"N": {"inputs": 2, "layers": [{"units": 3}, {"units": 1}]}}}}""");
        assertThat(GlorotUniform.parameters(part.parameters(), 7)).isEqualTo(GlorotUniform.parameters(flat.parameters(), 7));
        assertThat(Renderer.render(part.outputs(), part.notation(), Form.ARRAY, Format.TEXT, false, 1000).expression())
                .isEqualTo("tanh(N.L2.W @ tanh(N.L1.W @ inputs + N.L1.b) + N.L2.b)");
        assertThat(text("D(u, N.L1.b)", part)).isEqualTo(text("D(u, L1.b)", flat).replace("L1", "N.L1").replace("L2", "N.L2"));
    }

    @Test
    void whatIsPrintedIsReadAgain() {
        for (String equation : List.of("u", "D(u, x, x)", "D(u, parameters)", "u(0, t) - u(1, t)", "at(D(u, x), x = 1)",
                "integral(u, x, 0, 1, 3)")) {
            Expression expression = Equation.parse(equation, wave.scope());
            assertThat(Equation.parse(text(equation, wave), wave.scope())).as(equation).isSameAs(expression);
        }
        assertThat(Renderer.render(Equation.parse("N.L1.W[1,2] * nu", wave.scope()), wave.notation(), Form.ARRAY, Format.LATEX,
                false, 1000).expression()).contains("W^{(N,1)}_{1,2}", "\\nu");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            u(0, t)                       | 0.0, 0.7
            u([0, t])                     | 0.0, 0.7
            at(u, x = 0)                  | 0.0, 0.7
            at(u, t = x, x = t)           | 0.7, 0.3
            u(x^2, x + t)                 | 0.09, 1.0
            """)
    void aCallIsTheValueAtAnotherPoint(String equation, String point) {
        double[] there = Arrays.stream(point.split(", ")).mapToDouble(Double::parseDouble).toArray();
        assertThat(value(equation, 0.3, 0.7)).isEqualTo(value("u", there[0], there[1]), within(1e-15));
    }

    @Test
    void derivativesOfCallsAreTakenByEveryArgument() {
        assertThat(value("D(u(x^2, x * t), x)", 0.3, 0.7)).isEqualTo(
                2 * 0.3 * value("D(u, x)(x^2, x * t)", 0.3, 0.7) + 0.7 * value("at(D(u, t), x = x^2, t = x * t)", 0.3, 0.7), within(1e-14));
        assertThat(value("D(u(0, t), x)", 0.3, 0.7)).isZero();
        assertThat(value("D(u, x)(1, t)", 0.3, 0.7)).isEqualTo(value("D(u, x)", 1, 0.7), within(1e-15));
        assertThat(value("D(u(0, t), nu) + D(N(x - 2, t), N.L2.b[1])", 0.3, 0.7)).isEqualTo(1, within(1e-15));
    }

    /** By central differences, seeds printed. */
    @Test
    void derivativesOfCallsAgreeWithDifferences() {
        long seed = 11;
        var random = new SplittableRandom(seed);
        for (String equation : List.of("u(x * t, sin(x)) * u", "integral(u(x, s) * s, s, 0, x, 5)", "at(D(u, t), x = N(x, t))")) {
            double x = random.nextDouble(-1, 1);
            double t = random.nextDouble(-1, 1);
            double h = 1e-5;
            assertThat(value("D(" + equation + ", x)", x, t)).as(equation + ", seed " + seed)
                    .isEqualTo((value(equation, x + h, t) - value(equation, x - h, t)) / (2 * h), within(1e-8));
        }
    }

    @Test
    void integralsOfPolynomialsAreExact() {
        assertThat(value("integral(x^3 * t, x, 0, 2, 2)", 0.3, 0.7)).isEqualTo(2.8, within(1e-14));
        assertThat(value("integral(s^2, s, 0, t, 2)", 0.3, 0.7)).isEqualTo(0.343 / 3, within(1e-15));
        assertThat(value("integral(integral(r * s, r, 0, s, 2), s, 0, 1, 2)", 0.3, 0.7)).isEqualTo(0.125, within(1e-15));
        assertThat(value("sum(integral([s, 1], s, -1, 3, 1))", 0.3, 0.7)).isEqualTo(8, within(1e-14));
        assertThat(value("integral(exp(s - t) * u(x, s), s, 0, t, 20) - integral(exp(s - t) * u(x, s), s, 0, t, 12)", 0.3, 0.7))
                .isEqualTo(0, within(1e-13));
    }

    @Test
    void derivativesByAllParametersAreFlatInTheOrderOfTheParameters() {
        Expression gradient = Equation.parse("D(u, parameters)", wave.scope());
        int size = wave.parameters().size();
        assertThat(gradient.shape()).hasToString("[" + size + "]");
        assertThat(Equation.parse("D(u, parameters, parameters)", wave.scope()).shape()).hasToString("[" + size + ", " + size + "]");
        assertThat(Equation.parse("D(u, N)", wave.scope()).shape()).hasToString("[13]");
        List<Expression> wholes = wave.parameters().symbols().stream()
                .map(symbol -> Derivative.of(Equation.parse("u", wave.scope()), symbol)).toList();
        assertThat(values(List.of(gradient), 0.3, 0.7)).containsExactly(values(wholes, 0.3, 0.7), within(1e-15));
        assertThat(text("D(u, [t, nu])", wave)).isEqualTo("[" + text("D(u, t)", wave) + ", " + text("D(u, nu)", wave) + "]");
    }

    @Test
    void derivativesByHiddenValuesAreTakenAsIfTheyWereGiven() {
        Network network = network("{\"inputs\": [\"x\"], \"layers\": [{\"units\": 2}, {\"units\": 1, \"activation\": \"identity\"}]}");
        assertThat(text("D(y1, a1)", network)).isEqualTo("transpose(L2.W) @ ones(1)");
        assertThat(text("D(y1, z1)", network)).isEqualTo("(transpose(L2.W) @ ones(1)) * sech(L1.W @ inputs + L1.b)^2");
        assertThatThrownBy(() -> text("D(a1, inputs)", network)).isInstanceOf(EquationException.class).hasMessage(
                "'a1' has no value in equations, it may only be differentiated by, as in D(e, a1)");
    }

    /** Dissipative, which no energy alone gives. */
    @Test
    void fieldAndEnergyAreEquations() {
        String model = """
                {"inputs": ["q", "p"], "architecture": {"type": "equations",
                 "parts": {"V": {"inputs": 1, "layers": [{"units": 2}, {"units": 1}]}},
                 "coefficients": {"c": {"initial": 0.2}},
                 "outputs": {"H": "p^2 / 2 + V(q)"}, "energy": "H"%s}}""";
        Network conservative = network(model.formatted(""));
        Network dissipative = network(model.formatted(", \"field\": \"[D(H, p), -D(H, q) - c * p]\""));
        assertThat(text("field", conservative)).isEqualTo(text("[p, -D(H, inputs)[1]]", conservative));
        assertThat(text("field", dissipative)).isEqualTo(text("[p, -D(H, q) - c * p]", dissipative));
        assertThat(Equation.parse("field(q, 0)[2] + D(V(q), q)", dissipative.scope()).isConstant(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "u": "N(x)"                        | /outputs/u 0 'N' takes a point, 2 scalars or one vector of them, found 1
            "u": "1 + M(x, t)"                 | /outputs/u 4 unknown function 'M'; known are N, u, exp
            "u": "N"                           | /outputs/u 0 'N' is a function here: call it with a point
            "u": "x(1)"                        | /outputs/u 0 'x' is no function; write * before '(' to multiply
            "u": "k"                           | /outputs/u 0 must be a scalar, has shape [2, 2]
            "u": "k[3,1]"                      | /outputs/u 1 index
            "u": "mu"                          | /outputs/u 0 unknown name 'mu'; known are nu,
            "u": "v + 1", "v": "2 * u"         | /outputs/v 4 'u' needs itself: u, v, u
            "u": "u(0, t)"                     | /outputs/u 0 'u' needs itself: u, u
            "u": "N([x, t, 1])"                | /outputs/u 0 'N' takes a point
            "u": "N([x, t], t)"                | /outputs/u 2 expected a scalar, found shape [2]
            "u": "at(x, y = 1)"                | /outputs/u 6 expected an input and its value, as in x = 1, found 'y'
            "u": "at(x, x = 1, x = 2)"         | /outputs/u 13 'x' is given twice
            "u": "at(x)"                       | /outputs/u 0 at takes an expression and values of inputs
            "u": "integral(x, nu, 0, 1, 3)"    | /outputs/u 12 expected the variable of the integral
            "u": "integral(x, x, 0, 1, 201)"   | /outputs/u 21 expected at most 200 points, found 201
            "u": "integral(x, x, 0, 1)"        | /outputs/u 19 expected ',' or an operator
            "u": "(x + t)(1, 2)"               | /outputs/u 7 expected an operator or the end
            "u": "x", "N": "t"                 | /parts/N -1 must not be 'N', as item 1 of outputs is
            "u": "x", "exp": "t"               | /outputs/1 -1 must not be 'exp', which equations use
            """)
    void whatIsWrongWithAnEquationIsNamedAtItsPlace(String outputs, String problem) {
        String model = WAVE.replaceAll("(?s)\"outputs\": \\{.*?}", "\"outputs\": {" + outputs.replace("$", "\\$") + "}");
        assertThat(problems(model)).as(problems(model).toString()).anyMatch(found -> found.replace("/architecture", "").startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "initial": 2, "max": 1                  | /nu/initial must be within min and max, was 2.0
            "initial": 2, "min": 3, "max": 1        | /nu/min must not be above max, which is 1.0, was 3.0
            "initial": [[1, 2], [3]]                | /nu/initial/1 must have the shape of the items before
            "initial": []                           | /nu/initial must have at least one item
            "initial": "one"                        | /nu/initial must be a number or an array of numbers
            "min": 1                                | /nu/initial is missing
            """)
    void whatIsWrongWithACoefficientIsNamed(String fields, String problem) {
        String model = WAVE.replace("\"initial\": 0.1, \"min\": 0", fields);
        assertThat(problems(model).toString()).contains("/architecture/coefficients" + problem.replaceFirst(" ", " -1 "));
    }

    @Test
    void namesOfPartsAndCoefficientsMustDiffer() {
        assertThat(problems(WAVE.replace("\"nu\":", "\"N\":").replace("nu *", "")).toString())
                .contains("/architecture/coefficients/N -1 must not be 'N', as a part is");
        assertThat(problems(WAVE.replace("\"nu\":", "\"t\":").replace("nu *", "")).toString())
                .contains("/architecture/coefficients/t -1 must not be 't', as item 1 of inputs is");
        assertThat(problems(WAVE.replace("\"nu\":", "\"normalization\":").replace("nu *", "")).toString())
                .contains("/architecture/coefficients/normalization -1 must not be 'normalization'");
        assertThat(problems(WAVE.replace("{\"inputs\": 2,", "{\"inputs\": 0,")).toString())
                .contains("/architecture/parts/N/inputs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '$', textBlock = """
            "coefficients": {"energy": {"initial": 1}}, "outputs": {"u": "energy * q"} | /architecture/coefficients/energy
            "parts": {"energy": {"inputs": 1, "layers": [{"units": 1}]}}, "outputs": {"u": "energy(q)"} | /architecture/parts/energy
            "outputs": {"energy": "q"} | /outputs/0
            """)
    void nothingIsCalledLikeTheEnergyWhereThereIsOne(String fields, String pointer) {
        String model = "{\"inputs\": [\"q\", \"p\"], \"architecture\": {\"type\": \"equations\", " + fields + "%s}}";
        assertThat(problems(model.formatted(", \"energy\": \"p^2\"")).toString()).contains(pointer
                + " -1 must not be 'energy', which equations use");
        assertThat(network(model.formatted("")).energy()).isEmpty();
    }

    @Test
    void aLayerAndAnInputOfOneNameAreNotConfused() {
        Network network = network("{\"inputs\": [\"a1\"], \"layers\": [{\"units\": 1}]}");
        assertThat(catchThrowableOfType(EquationException.class, () -> text("D(y1, a1)", network))).hasMessage("'a1' could mean "
                + "several things here: rename what is called like the values of a layer, or write inputs.a1 if it is an input");
        assertThat(text("D(y1, inputs.a1)", network)).contains("L1.W");
    }

    @Test
    void outputsThatCallEachOtherAreRefusedBeforeTheyAreBuilt() throws Exception {
        String outputs = IntStream.range(1, 40).mapToObj(i -> "\"u" + i + "\": \"u" + (i - 1) + "(x - 1) + u" + (i - 1)
                + "(x + 1." + i + ")\"").collect(Collectors.joining(", ", "\"u0\": \"sin(x)\", ", ""));
        Work.within(LITTLE, () -> assertThat(problems("{\"inputs\": [\"x\"], \"architecture\": {\"type\": \"equations\", "
                + "\"outputs\": {" + outputs + "}}}")).first().asString().startsWith("/architecture/outputs/u16 13 with 'u15' the "
                        + "derivatives and calls so far would have ").endsWith(" nodes, more than 500000"));
    }

    @Test
    void partsThatCallPartsAreRefusedBeforeTheyAreBuilt() throws Exception {
        String calls = IntStream.range(0, 12).mapToObj(i -> "P(x + " + i + ".5)").collect(Collectors.joining(" + "));
        Work.within(LITTLE, () -> assertThat(problems(nested(7, calls))).singleElement().asString()
                .startsWith("/architecture/").endsWith(" nodes, more than 500000").contains("/outputs/y 39 with 'P' the"));
    }

    @Test
    void modelsMayBePartsOfPartsUpTo8Levels() {
        assertThat(network(nested(8, "P(x)")).outputs()).isNotNull();
        assertThat(problems(nested(9, "P(x)"))).containsExactly(
                "/architecture/parts -1 must not have equations nested more than 8 levels deep, had 9");
        assertThat(problems(nested(90, "P(x)"))).singleElement().asString().endsWith("8 levels deep, had 9");
    }

    private static String nested(int levels, String equation) {
        String part = "{\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}";
        for (int level = 0; level < levels; level++) {
            part = "{\"inputs\": [\"x\"], \"architecture\": {\"type\": \"equations\", \"parts\": {\"P\": " + part
                    + "}, \"outputs\": {\"y\": \"" + equation + "\"}}}";
        }
        return part;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "D(tanh(x), x) @ x | 2000 | 1 | the derivative would have 4000000 entries, more than 1000000",
        "x + integral(integral(sin(s + t + x[1]), s, 0, 1, 100), t, 0, 1, 100) | 2 | 20 | nodes, more than 500000"})
    void anActivationThatDoesNotFitItsLayersIsRefused(String activation, int units, int layers, String problem) {
        String layer = "{\"units\": " + units + ", \"activation\": \"" + activation + "\"}";
        assertThat(problems("{\"inputs\": 2, \"layers\": [" + String.join(", ", Collections.nCopies(layers, layer)) + "]}"))
                .singleElement().asString().startsWith("/layers -1 the activation '" + activation + "' has no value for " + units
                        + " entries: ").endsWith(problem);
    }

    @Test
    void partsMayBeAnything() {
        Network network = network("""
                {"inputs": ["q", "p"], "architecture": {"type": "equations",
                 "parts": {"H": {"inputs": 2, "architecture": {"type": "hamiltonian", "width": 2, "hiddenLayers": 1}},
                           "E": {"inputs": ["a"], "architecture": {"type": "equations", "coefficients": {"nu": {"initial": 1}},
                                 "outputs": {"b": "nu * a", "c": "b(a + 1) - b"}}}},
                 "outputs": {"u": "H(q, p) + E(q)[1] * E(p)[2]"}}}""");
        assertThat(network.parameters().symbols().stream().map(Symbol::name)).contains("H.L1.W", "E.nu");
        assertThat(text("u", network)).endsWith(" + (E.nu * q) * (E.nu * (p + 1) - E.nu * p)");
    }

    private static Network network(String json) {
        return Network.of(read(json).definition());
    }

    private static NetworkDocument read(String json) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return DocumentReader.read(parser, NetworkDocument.class).valid();
        }
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(InvalidException.class, () -> read(json)).problems().stream()
                .map(problem -> problem.pointer() + " " + (problem.position() == null ? -1 : problem.position()) + " " + problem.detail())
                .collect(Collectors.toList());
    }

    private static String text(String equation, Network network) {
        return Renderer.render(Equation.parse(equation, network.scope()), network.notation(), Form.ARRAY, Format.TEXT, false,
                100_000).expression();
    }

    private double value(String equation, double x, double t) {
        return value(Equation.parse(equation, wave.scope()), x, t);
    }

    private double value(Expression expression, double x, double t) {
        return values(List.of(expression), x, t)[0];
    }

    /** All entries of all expressions. */
    private double[] values(List<Expression> expressions, double x, double t) {
        var symbols = new ArrayList<>(wave.parameters().symbols());
        symbols.add(wave.inputs());
        double[] parameters = new SplittableRandom(5).doubles(wave.parameters().size(), -1, 1).toArray();
        Map<Symbol, double[][]> inputs = new HashMap<>();
        inputs.put(wave.inputs(), new double[][] {{x, t}});
        return Arrays.stream(Evaluation.of(expressions, symbols, ENGINE)
                .evaluate(wave.parameters().split(parameters), inputs, 1)).flatMapToDouble(values -> Arrays.stream(values[0])).toArray();
    }
}
