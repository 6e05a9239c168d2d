package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.problems.InvalidException;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.names.Notation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word of the equation language, through all that must know it. */
class VocabularyTest {

    private static final Expression X = symbol("x", Shape.SCALAR);
    private static final Expression Y = symbol("y", Shape.SCALAR);
    private static final Expression V = symbol("v", Shape.of(2));
    private static final Expression A = symbol("A", Shape.of(2, 2));
    private static final Map<String, Expression> NAMES = Map.of("x", X, "y", Y, "v", V, "A", A);

    /** Calls that are no function of one or two numbers, as they are printed. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(Map.entry("sum", "sum(v)"), Map.entry("norm", "norm(v)"),
            Map.entry("transpose", "transpose(A)"), Map.entry("dot", "sum(v * v[1])"), Map.entry("outer", "outer(v, v)"),
            Map.entry("solve", "solve(A, v)"), Map.entry("zeros", "zeros(2)"), Map.entry("ones", "ones(2)"), Map.entry("D", "A"),
            Map.entry("mean", "0.5 * sum(v)"),
            Map.entry("logsumexp", "logaddexp(v[1], v[2])"), Map.entry("softmax", "exp(v - logaddexp(v[1], v[2]))"),
            Map.entry("det", "A[1,1] * A[2,2] - A[1,2] * A[2,1]"), Map.entry("trace", "A[1,1] + A[2,2]"),
            Map.entry("ln", "log(x)"), Map.entry("silu", "swish(x)"), Map.entry("where", "where(v > x, v, 0)"), Map.entry("clip", "min(max(v, 0), 1)"),
            Map.entry("at", "x"), Map.entry("integral", "x"));

    static Stream<String> calls() {
        return Call.names();
    }

    static Stream<String> words() {
        return Stream.of(Identifier.INPUTS, Identifier.OUTPUTS, Identifier.TARGETS, Identifier.LOSS, Identifier.FIELD,
                Identifier.PARAMETERS);
    }

    static Stream<String> vocabulary() {
        return Stream.concat(calls(), words());
    }

    static Stream<Architecture> architectures() {
        return Architectures.all().stream();
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionIsReadAsItIsPrinted(ScalarFunction function) {
        assertThat(parse(function.text() + "(x)")).isSameAs(apply(function, X));
        assertThat(parse(function.text() + "(A)")).isSameAs(apply(function, A));
        assertThat(text(apply(function, X))).isEqualTo(function.text() + "(x)");
        assertThat(text(apply(function, A))).isEqualTo(function.text() + "(A)");
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionOfTwoArgumentsIsReadAsItIsPrintedAndSpreadsScalars(BinaryFunction function) {
        String before = function.isComparison() ? "" : function.text() + "(";
        String between = function.isComparison() ? " " + function.text() + " " : ", ";
        String behind = function.isComparison() ? "" : ")";
        assertThat(parse(before + "x" + between + "y" + behind)).isSameAs(apply(function, X, Y));
        assertThat(text(apply(function, X, Y))).isEqualTo(before + "x" + between + "y" + behind);
        for (Expression spread : List.of(apply(function, LinearAlgebra.broadcast(X, V.shape()), V),
                apply(function, V, LinearAlgebra.broadcast(X, V.shape())))) {
            assertThat(parse(text(spread))).isSameAs(spread);
        }
        assertThat(parse(before + "x" + between + "v" + behind))
                .isSameAs(apply(function, LinearAlgebra.broadcast(X, V.shape()), V));
    }

    @Test
    void numbersHaveNamesThatGiveWayToThoseInScope() {
        assertThat(parse("cos(pi) + e")).isSameAs(parse("cos(3.141592653589793) + 2.718281828459045"));
        assertThat(Equation.parse("e", Scope.of(Map.of("e", X)))).isSameAs(X);
        Scope both = Scope.of(Map.of("pi", X)).and(Scope.of(Map.of("pi", Y)));
        assertThatThrownBy(() -> Equation.parse("pi", both)).hasMessageContaining("could mean several things");
    }

    @Test
    void namesMayHaveLettersOfAnyScriptAndAreReadInTheirNormalForm() {
        Scope scope = Scope.of(Map.of("θ", X, "Δt", Y, "x_1", V));
        assertThat(Equation.parse("θ * Δt", scope)).isSameAs(parse("x * y"));
        assertThat(Equation.parse("\u03d1", scope)).isSameAs(X);
        assertThatThrownBy(() -> Equation.parse("θ²", scope)).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(1));
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("θ", "Δt", "x_1", "theta_1", "theta"),
                List.of("z"), List.of(DenseLayer.of(1, Activation.TANH))));
        Expression all = Equation.parse("[θ, Δt, x_1, theta_1, theta]", network.scope());
        assertThat(print(network, all, Format.LATEX))
                .isEqualTo("\\begin{pmatrix} \\theta \\\\ \\mathrm{\\Delta t} \\\\ x_{1} \\\\ \\theta_{1} \\\\ \\theta' \\end{pmatrix}");
        assertThat(print(network, all, Format.PYTHON)).isEqualTo("array([θ, Δt, x_1, theta_1, theta], 1)");
        assertThat(Equation.parse(print(network, all, Format.TEXT), network.scope())).isSameAs(all);
    }

    private static String print(Network network, Expression expression, Format format) {
        Expression shifted = LinearAlgebra.array(expression.shape(), List.of(0, 1, 2, 3, 4).stream()
                .map(i -> LinearAlgebra.entry(expression, i)).toList());
        return Renderer.render(shifted, network.notation(), Form.SCALAR, format, false, 10_000).expression();
    }

    @Test
    void comparisonsBindLoosestAndAreNotChained() {
        assertThat(parse("x + 1 < 2 * y")).isSameAs(parse("(x + 1) < (2 * y)"));
        assertThat(text(parse("1 + (x < y) * (x >= 0)"))).isEqualTo("(x >= 0) * (x < y) + 1");
        assertThatThrownBy(() -> parse("where(0 < x < y, 1, 2)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(12)).hasMessageStartingWith("comparisons are not chained");
        assertThatThrownBy(() -> parse("v < A")).isInstanceOf(EquationException.class).hasMessageContaining("do not fit <");
        assertThat(parse("x ** 2 ** y")).isSameAs(parse("x^2^y"));
        assertThat(parse("max(x, y, 1)")).isSameAs(parse("max(max(x, y), 1)"));
        assertThatThrownBy(() -> parse("clip(x, 2, 1)")).isInstanceOf(EquationException.class);
        assertThatThrownBy(() -> parse("max(x)")).isInstanceOf(EquationException.class)
                .hasMessage("max takes 2 or more arguments, found 1");
        assertThatThrownBy(() -> parse("where(x > 0, v, A)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(16));
    }

    @Test
    void everyOtherCallIsReadAsItIsPrinted() {
        Set<String> others = calls().collect(Collectors.toSet());
        Arrays.stream(ScalarFunction.values()).map(ScalarFunction::text).forEach(others::remove);
        Arrays.stream(BinaryFunction.values()).map(BinaryFunction::text).forEach(others::remove);
        assertThat(EXAMPLES.keySet()).isEqualTo(others);
        EXAMPLES.forEach((name, printed) -> assertThat(text(parse(printed))).as(name).isEqualTo(printed));
        assertThat(text(parse("dot(v, v)"))).isEqualTo("sum(v^2)");
        assertThat(text(parse("D(sum(v^2), v)"))).isEqualTo("2 * v");
    }

    @Test
    void anUnknownFunctionIsRefusedAtItsPlaceWithAllThatAreKnown() {
        assertThatThrownBy(() -> parse("x + f(x)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(4))
                .hasMessageStartingWith("unknown function 'f'; known are exp, log, ").hasMessageEndingWith(", ln, silu, D, at, integral");
    }

    @Test
    void everyActivationIsReadByItsName() {
        List<String> names = Activation.names();
        assertThat(names).hasSize(8 + ScalarFunction.values().length).allSatisfy(name ->
                assertThat(Activation.named(name).map(Activation::text)).contains(name));
    }

    @ParameterizedTest
    @MethodSource("vocabulary")
    void nothingNewMayBeCalledLikeAWordOfTheLanguage(String word) {
        assertThat(Identifier.violation(word)).contains(Identifier.used(word));
        assertThat(refusal(List.of(word), List.of("z"))).containsExactly("/inputs/0 " + Identifier.used(word));
        assertThat(refusal(List.of("x"), List.of(word))).containsExactly("/outputs/0 " + Identifier.used(word));
    }

    /** As those may that were stored before the language had the word: it is a call only where a parenthesis follows. */
    @ParameterizedTest
    @MethodSource("calls")
    void whatIsCalledLikeAFunctionOfALaterVersionIsReadComputedAndPrinted(String word) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of(word, "x2"), List.of("z"),
                List.of(DenseLayer.of(1, Activation.TANH))));
        Scope scope = network.scope();
        Expression input = LinearAlgebra.entry(network.inputs(), 0);
        assertThat(Equation.parse(word, scope)).isSameAs(input);
        assertThat(Equation.parse(word + " * exp(" + word + ")", scope))
                .isSameAs(Equation.parse("inputs[1] * exp(inputs[1])", scope));
        Expression derivative = Equation.parse("D(z^2, " + word + ") * " + word, scope);
        String printed = Renderer.render(derivative, network.notation(), Form.SCALAR, Format.TEXT, false, 10_000)
                .expression();
        assertThat(printed).contains(word);
        assertThat(Equation.parse(printed, scope)).isSameAs(Equation.parse(
                Renderer.render(derivative, Notation.none(), Form.SCALAR, Format.TEXT, false,
                        10_000).expression(), scope));
    }

    /** Equations that a training was stored with mean what they meant. */
    @ParameterizedTest
    @MethodSource("words")
    void anInputThatIsCalledLikeAWordOfALaterVersionIsMeantByIt(String word) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of(word, "x2"), List.of("z"),
                List.of(DenseLayer.of(1, Activation.TANH))));
        assertThat(Equation.parse(word, network.scope())).isSameAs(LinearAlgebra.entry(network.inputs(), 0));
    }

    /** But the energy, which an input or output may be called as well. */
    @ParameterizedTest
    @MethodSource("architectures")
    void aNetworkGivesNoWordAMeaningThatANameCouldTake(Architecture architecture) {
        Network network = Architectures.network(architecture, 6);
        Set<String> words = network.scope().names().stream().filter(name -> !name.contains("."))
                .collect(Collectors.toCollection(HashSet::new));
        network.definition().inputs().forEach(words::remove);
        network.definition().outputs().forEach(words::remove);
        words.remove(Network.ENERGY);
        network.parameters().symbols().forEach(symbol -> words.remove(symbol.name()));
        assertThat(words).isNotEmpty().allMatch(Identifier::isUsed);
    }

    @Test
    void theReadmeNamesEveryFunctionOfOneArgumentAndEveryCall() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme).contains("| `" + Arrays.stream(ScalarFunction.values()).map(ScalarFunction::text)
                .collect(Collectors.joining(" ")) + "` |");
        Set<String> written = Pattern.compile("`([A-Za-z][A-Za-z0-9]*)\\(").matcher(readme).results()
                .map((MatchResult call) -> call.group(1)).collect(Collectors.toSet());
        Arrays.stream(ScalarFunction.values()).map(ScalarFunction::text).forEach(written::add);
        assertThat(readme).contains("| `" + Arrays.stream(BinaryFunction.values()).filter(BinaryFunction::isComparison)
                .map(BinaryFunction::text).collect(Collectors.joining(" ")) + "` |");
        assertThat(written).containsAll(calls().toList());
    }

    @Test
    void theWorkbenchKnowsTheWordsThatNoColumnIsCalledBy() throws IOException {
        String script = Files.readString(Path.of("src/main/workbench/screens/data/column-names.ts"));
        String words = Pattern.compile("WORDS = new Set\\(`([^`]*)`").matcher(script).results().findFirst().orElseThrow().group(1);
        assertThat(words.split("\\s+")).containsExactlyInAnyOrderElementsOf(vocabulary().toList());
    }

    private static List<String> refusal(List<String> inputs, List<String> outputs) {
        try {
            NetworkDefinition.of(Optional.empty(), inputs, outputs,
                    new Chain(List.of(DenseLayer.of(1, Activation.TANH))));
            return List.of();
        } catch (InvalidException e) {
            return e.problems().stream().map(problem -> problem.pointer() + " " + problem.detail()).toList();
        }
    }

    private static Expression parse(String text) {
        return Equation.parse(text, Scope.of(NAMES));
    }

    private static String text(Expression expression) {
        return Renderer.render(expression, Notation.none(), Form.ARRAY, Format.TEXT, false,
                10_000).expression();
    }
}
