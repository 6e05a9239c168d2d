package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Notation;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RendererTest {

    private static final long LIMIT = 5_000_000;

    @Test
    void sharedGradientReadsLikeBackpropagation() {
        var network = new SeedNetwork();
        Expression gradient = Derivative.of(network.output(), network.parameters.getFirst());
        Rendering latex = render(gradient, network.notation(), Form.ARRAY, Format.LATEX, true);
        assertThat(latex.definitions()).containsExactly(
                new Definition("z^{(1)}", "W^{(1)} \\mathbf{x} + b^{(1)}"),
                new Definition("a^{(1)}", "\\tanh\\left(z^{(1)}\\right)"),
                new Definition("z^{(2)}", "W^{(2)} a^{(1)} + b^{(2)}"),
                new Definition("a^{(2)}", "\\tanh\\left(z^{(2)}\\right)"),
                new Definition("z^{(3)}", "W^{(3)} a^{(2)} + b^{(3)}"),
                new Definition("\\delta^{(3)}", "\\operatorname{sech}^{2}\\left(z^{(3)}\\right)"),
                new Definition("\\delta^{(2)}", "\\left(\\left(W^{(3)}\\right)^{\\top} \\delta^{(3)}\\right)"
                        + " \\odot \\operatorname{sech}^{2}\\left(z^{(2)}\\right)"),
                new Definition("\\delta^{(1)}", "\\left(\\left(W^{(2)}\\right)^{\\top} \\delta^{(2)}\\right)"
                        + " \\odot \\operatorname{sech}^{2}\\left(z^{(1)}\\right)"));
        assertThat(latex.expression()).isEqualTo("\\delta^{(1)} \\mathbf{x}^{\\top}");
        assertThat(latex.entries()).isEmpty();

        Rendering text = render(gradient, network.notation(), Form.ARRAY, Format.TEXT, true);
        assertThat(text.definitions()).contains(
                new Definition("z1", "L1.W @ inputs + L1.b"),
                new Definition("delta2", "sech(z2)^2 * (transpose(L3.W) @ delta3)"));
        assertThat(text.expression()).isEqualTo("outer(delta1, inputs)");
    }

    @Test
    void sharedScalarsAreNamedAfterTheQuantitiesTheyAreEntriesOf() {
        var network = new SeedNetwork();
        Rendering latex = render(network.gradientByFirstBias(), network.notation(), Form.SCALAR, Format.LATEX, true);
        assertThat(latex.definitions()).extracting(Definition::name).contains("a^{(1)}_{2}", "\\delta^{(2)}_{3}");
        assertThat(latex.definitions().getFirst().expression())
                .isEqualTo("W^{(1)}_{1,1} x + W^{(1)}_{1,2} y + b^{(1)}_{1}");
        Rendering text = render(network.gradientByFirstBias(), network.notation(), Form.SCALAR, Format.TEXT, true);
        assertThat(text.definitions()).extracting(Definition::name).contains("a1_2", "delta2_3");
        assertThat(text.entries().getFirst())
                .isEqualTo("sech(z1_1)^2 * (L2.W[1,1] * delta2_1 + L2.W[2,1] * delta2_2 + L2.W[3,1] * delta2_3)");
    }

    @Test
    void countsAreThoseOfTheGraphThatIsPrinted() {
        var network = new SeedNetwork();
        Expression gradient = network.gradientByFirstBias();
        Rendering array = render(gradient, network.notation(), Form.ARRAY, Format.TEXT, false);
        assertThat(array.nodeCount()).isEqualTo(Graph.nodeCount(List.of(gradient)));
        assertThat(array.treeNodeCount()).isEqualTo(Graph.treeNodeCount(List.of(gradient)));
        Rendering scalar = render(gradient, network.notation(), Form.SCALAR, Format.TEXT, true);
        assertThat(scalar.nodeCount()).isEqualTo(108);
        assertThat(scalar.treeNodeCount()).isEqualTo(2406);
    }

    @Test
    void whatRepeatsIsNamedWithoutItsSignAndItsCoefficient() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression sine = apply(ScalarFunction.SIN, x);
        assertThat(usedTwice(product(constant(2), x)).definitions()).isEmpty();
        assertThat(usedTwice(product(constant(-1), x)).definitions()).isEmpty();
        assertThat(usedTwice(sum(x, constant(1))).definitions()).containsExactly(new Definition("t1", "x + 1"));
        assertThat(usedTwice(product(constant(-1), sine)).definitions())
                .containsExactly(new Definition("t1", "sin(x)"));
        Expression ofNamed = sum(usedTwiceIn(sine), usedTwiceIn(product(constant(3), sine)));
        assertThat(render(ofNamed, Notation.none(), Form.ARRAY, Format.TEXT, true).definitions())
                .containsExactly(new Definition("t1", "sin(x)"));
    }

    @Test
    void pythonNamesWhatIsNestedOneDeeperThanItsLimit() {
        Expression chain = symbol("x", Shape.SCALAR);
        for (int i = 0; i < 50; i++) {
            chain = apply(ScalarFunction.SIN, chain);
        }
        assertThat(render(chain, Notation.none(), Form.ARRAY, Format.PYTHON, false).definitions()).isEmpty();
        Expression deeper = apply(ScalarFunction.SIN, chain);
        Rendering named = render(deeper, Notation.none(), Form.ARRAY, Format.PYTHON, false);
        assertThat(named.definitions()).hasSize(1);
        assertThat(named.expression()).isEqualTo("t1");
    }

    @Test
    void namesInUseAreNotGivenToSubexpressions() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(3));
        Expression first = sum(entry(inputs, 0), entry(inputs, 1));
        Expression z = sum(inputs, symbol("L1.b", Shape.of(3)));
        Expression twice = sum(product(first, apply(ScalarFunction.EXP, first)), entry(apply(ScalarFunction.SIN, z), 0),
                entry(apply(ScalarFunction.COS, z), 1), entry(inputs, 2));
        var notation = new Notation(Map.of(entry(inputs, 0), Name.of("t1"), entry(inputs, 1), Name.of("z1"),
                entry(inputs, 2), Name.of("t3")), Map.of(z, Name.of("z", 1)), Set.of("t2"));
        assertThat(render(twice, notation, Form.ARRAY, Format.TEXT, true).definitions()).containsExactly(
                new Definition("t4", "t1 + z1"), new Definition("z1_", "L1.b + inputs"));
        assertThat(render(twice, notation, Form.ARRAY, Format.PYTHON, true).definitions()).containsExactly(
                new Definition("t4", "t1 + z1"), new Definition("z1_", "L1_b + inputs"));
        assertThat(render(twice, notation, Form.ARRAY, Format.LATEX, true).definitions()).containsExactly(
                new Definition("t_{4}", "t_{1} + z_{1}"), new Definition("z^{(1)}", "b^{(1)} + \\mathbf{x}"));
    }

    @Test
    void noNameIsGivenTwice() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression sine = apply(ScalarFunction.SIN, x);
        Expression first = apply(ScalarFunction.EXP, sine);
        Expression second = apply(ScalarFunction.COS, first);
        Expression third = apply(ScalarFunction.TANH, second);
        var notation = new Notation(Map.of(), Map.of(first, Name.of("t1"), second, Name.of("z"), third, Name.of("z")));
        assertThat(render(sum(third, usedTwiceIn(sine)), notation, Form.ARRAY, Format.TEXT, true).definitions())
                .containsExactly(new Definition("t1", "sin(x)"), new Definition("t1_", "exp(t1)"),
                        new Definition("z", "cos(t1_)"), new Definition("z_", "tanh(z)"));
    }

    @Test
    void symbolsWrittenAlikeGetMarksWhereTheirNamesMayBeChanged() {
        Expression layers = symbol("L1.W", Shape.SCALAR);
        Expression plain = symbol("L1_W", Shape.SCALAR);
        assertThat(render(product(layers, plain), Notation.none(), Form.SCALAR, Format.TEXT, false).expression())
                .isEqualTo("L1.W * L1_W");
        assertThat(render(product(layers, plain), Notation.none(), Form.SCALAR, Format.PYTHON, false).expression())
                .isEqualTo("L1_W * L1_W_");
        Expression x = entry(perSampleSymbol("inputs", Shape.of(2)), 0);
        var notation = new Notation(Map.of(layers, Name.of("inputs")), Map.of());
        assertThat(render(product(layers, x), notation, Form.SCALAR, Format.LATEX, false).expression())
                .contains("\\mathbf{x}_{1}");
    }

    @Test
    void hostileNamesAreWrittenSafely() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(6));
        var names = List.of("a_b", "theta", "x12", "temp_air2", "Omega", "x_1");
        var latex = List.of("\\mathrm{a\\_b}", "\\theta", "x_{12}", "\\mathrm{temp\\_air}_{2}", "\\Omega",
                "x_{1}");
        for (int i = 0; i < names.size(); i++) {
            var notation = new Notation(Map.of(entry(inputs, i), Name.of(names.get(i))), Map.of());
            assertThat(render(entry(inputs, i), notation, Form.SCALAR, Format.LATEX, false).expression())
                    .isEqualTo(latex.get(i));
            assertThat(render(entry(inputs, i), notation, Form.SCALAR, Format.TEXT, false).expression())
                    .isEqualTo(names.get(i));
        }
        assertThat(List.of("Höhe_m", "Strom_μA", "Höhe_μ", "Ж")).map(name -> render(symbol(name, Shape.SCALAR), Notation.none(), Form.SCALAR,
                Format.LATEX, false).expression()).as("with letters of which TeX has none in mathematics")
                .containsExactly("\\text{Höhe\\_m}", "\\mathrm{Strom\\_\\mu A}", "\\text{Höhe\\_$\\mu$}", "\\text{Ж}");
        assertThat(render(power(symbol("normalization.x.scale", Shape.SCALAR), -2), Notation.none(), Form.SCALAR, Format.LATEX, false).expression())
                .as("with one superscript").contains("\\left(\\mathrm{scale}^{(\\mathrm{normalization},x)}\\right)^{");
        Expression odd = symbol("\\input{x}^~%$#&", Shape.SCALAR);
        assertThat(render(odd, Notation.none(), Form.SCALAR, Format.LATEX, false).expression())
                .isEqualTo("\\mathrm{\\backslash input\\{x\\}\\wedge \\sim \\%\\$\\#\\&}");
        assertThat(render(odd, Notation.none(), Form.SCALAR, Format.PYTHON, false).expression())
                .matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    @Test
    void functionsGiveWayToSymbolsWrittenAlike() {
        Expression sigma = symbol("sigma", Shape.SCALAR);
        Expression x = symbol("x", Shape.SCALAR);
        assertThat(render(product(sigma, apply(ScalarFunction.SIGMOID, x)), Notation.none(), Form.SCALAR, Format.LATEX,
                false).expression()).isEqualTo("\\sigma \\operatorname{sigmoid}\\left(x\\right)");
        assertThat(render(apply(ScalarFunction.SIGMOID, x), Notation.none(), Form.SCALAR, Format.LATEX, false)
                .expression()).isEqualTo("\\sigma\\left(x\\right)");
    }

    @Test
    void predictedSizeIsTheSize() {
        for (long seed = 0; seed < 200; seed++) {
            Expression expression = new RandomExpressions(new Random(seed)).array(4);
            for (Format format : Format.values()) {
                for (Form form : Form.values()) {
                    var notation = new Notation(RandomExpressions.ALIASES, Map.of());
                    boolean share = seed % 2 == 0;
                    long size = size(render(expression, notation, form, format, share));
                    assertThat(size(Renderer.render(expression, notation, form, format, share, size))).isEqualTo(size);
                    assertThatThrownBy(() -> Renderer.render(expression, notation, form, format, share, size - 1))
                            .as("seed %d %s %s", seed, format, form).isInstanceOf(PrintTooLargeException.class)
                            .hasMessageStartingWith("the print is predicted to have %d characters, more than the limit of %d;",
                                    size, size - 1);
                }
            }
        }
    }

    @Test
    void tooLargeAPrintIsRefusedAtOnceWithItsSizeAndAdvice() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression doubled = x;
        for (int i = 0; i < 200; i++) {
            doubled = product(apply(ScalarFunction.SIN, doubled), apply(ScalarFunction.COS, doubled));
        }
        Expression huge = doubled;
        // Twice (as entry and whole) 2²⁰⁰ times x, and for each of the 2²⁰⁰ − 1 doublings what stands around it.
        BigInteger leaves = BigInteger.TWO.pow(200);
        BigInteger around = leaves.subtract(BigInteger.ONE).multiply(BigInteger.valueOf("sin() * cos()".length()));
        // Every factor is a call, so that no other parentheses are needed.
        BigInteger expected = leaves.add(around).multiply(BigInteger.TWO);
        assertThatThrownBy(() -> render(huge, Notation.none(), Form.SCALAR, Format.TEXT, false))
                .isInstanceOf(PrintTooLargeException.class)
                .hasMessage("the print is predicted to have " + expected
                        + " characters, more than the limit of 5000000;"
                        + " set shareSubexpressions to name what repeats once");
        assertThat(render(huge, Notation.none(), Form.SCALAR, Format.TEXT, true).definitions()).hasSize(199);
    }

    @Test
    void tooManyScalarsAreRefusedBeforeTheyAreMade() {
        Expression w = symbol("L1.W", Shape.of(1_000_000, 1000));
        Expression product = matrixProduct(w, symbol("v", Shape.of(1000)));
        assertThatThrownBy(() -> render(product, Notation.none(), Form.SCALAR, Format.TEXT, true))
                .isInstanceOf(PrintTooLargeException.class).hasMessageContaining("array form");
        assertThat(render(product, Notation.none(), Form.ARRAY, Format.TEXT, true).expression()).isEqualTo("L1.W @ v");
    }

    @Test
    void chainsOfMatrixProductsNeedNoParentheses() {
        Expression m = symbol("M", Shape.of(2, 2));
        Expression n = symbol("N", Shape.of(2, 2));
        assertThat(render(matrixProduct(matrixProduct(m, n), n), Notation.none(), Form.ARRAY, Format.TEXT, false)
                .expression()).isEqualTo("M @ N @ N");
        assertThat(render(matrixProduct(sum(m, n), n), Notation.none(), Form.ARRAY, Format.TEXT, false).expression())
                .isEqualTo("(M + N) @ N");
        assertThat(render(matrixProduct(product(m, n), n), Notation.none(), Form.ARRAY, Format.TEXT, false)
                .expression()).isEqualTo("(M * N) @ N");
    }

    @Test
    void moreScalarsThanAFifthOfTheCharactersAreNotMade() {
        Expression many = symbol("M", Shape.of(1001, 1000));
        assertThatThrownBy(() -> render(many, Notation.none(), Form.SCALAR, Format.TEXT, false))
                .isInstanceOf(PrintTooLargeException.class).hasMessageContaining("predicted to have "
                        + 5 * Scalarisation.predictedNodeCount(List.of(many)).longValueExact() + " characters");
    }

    @Test
    void aCharacterCosts50Nanoseconds() {
        Expression x = symbol("x".repeat(100_000), Shape.SCALAR);
        Work.within(6_000_000, () -> assertThat(render(x, Notation.none(), Form.ARRAY, Format.TEXT, false).expression())
                .hasSize(100_000));
        assertThatThrownBy(() -> Work.within(4_000_000,
                () -> render(x, Notation.none(), Form.ARRAY, Format.TEXT, false)))
                .isInstanceOf(WorkLimitException.class);
    }

    @Test
    void solutionsOfLargeSystemsAreWrittenInArrayFormOnly() {
        Expression solution = solve(symbol("A", Shape.of(40, 40)), symbol("b", Shape.of(40)));
        assertThatThrownBy(() -> render(solution, Notation.none(), Form.SCALAR, Format.TEXT, true))
                .isInstanceOf(PrintTooLargeException.class).hasMessageContaining("array form");
        assertThat(render(solution, Notation.none(), Form.ARRAY, Format.TEXT, true).expression())
                .isEqualTo("solve(A, b)");
        assertThat(render(solution, Notation.none(), Form.ARRAY, Format.PYTHON, true).expression())
                .isEqualTo("solve(A, b[..., None])[..., 0]");
        Expression small = solve(symbol("A", Shape.of(2, 2)), symbol("b", Shape.of(2)));
        assertThat(render(small, Notation.none(), Form.SCALAR, Format.TEXT, false).entries()).containsExactly(
                "(A[2,2] * b[1] - A[1,2] * b[2]) / (A[1,1] * A[2,2] - A[1,2] * A[2,1])",
                "(A[1,1] * b[2] - A[2,1] * b[1]) / (A[1,1] * A[2,2] - A[1,2] * A[2,1])");
    }

    @ParameterizedTest
    @EnumSource
    void aChainOf100000NodesIsPrinted(Format format) {
        Expression chain = symbol("x", Shape.SCALAR);
        for (int i = 0; i < 100_000; i++) {
            chain = apply(i % 2 == 0 ? ScalarFunction.SIN : ScalarFunction.COS, chain);
        }
        Expression deep = chain;
        for (Form form : Form.values()) {
            Rendering rendering = Renderer.render(deep, Notation.none(), form, format, false, 50_000_000);
            assertThat(rendering.nodeCount()).isEqualTo(100_001);
        }
    }

    private static Rendering render(Expression expression, Notation notation, Form form, Format format, boolean share) {
        return Renderer.render(expression, notation, form, format, share, LIMIT);
    }

    private static Rendering usedTwice(Expression expression) {
        return render(usedTwiceIn(expression), Notation.none(), Form.ARRAY, Format.TEXT, true);
    }

    private static Expression usedTwiceIn(Expression expression) {
        return sum(apply(ScalarFunction.EXP, expression), apply(ScalarFunction.SOFTPLUS, expression));
    }

    private static long size(Rendering rendering) {
        return Stream.of(rendering.entries().stream(), Stream.of(rendering.expression()), rendering.code().stream(),
                        rendering.definitions().stream().flatMap(d -> Stream.of(d.name(), d.expression())))
                .flatMap(strings -> strings).mapToLong(String::length).sum();
    }

    /** 0.0233 (p − 101325.18) from about −1 to 1, with three digits of 101325.18, would be off by 7. */
    @Test
    void roundsWhatIsAddedToMuchLessAsFarAsThatTells() {
        Expression p = symbol("p", Shape.SCALAR);
        Expression scaled = product(constant(0.023341), sum(p, constant(-101325.1849)));
        assertThat(rounded(scaled, 4)).isEqualTo("0.02334 (p - 101325.18)");
        assertThat(rounded(sum(constant(101325.1849), product(constant(40.31234), apply(ScalarFunction.TANH, p))), 4))
                .contains("101325.18").contains("40.31");
        assertThat(rounded(sum(constant(1.23456), product(constant(0.98765), p)), 4)).contains("1.235").contains("0.9877");
        assertThat(rounded(sum(constant(28.98641123456), product(constant(1.853978e-3), p)), 4)).as("p may be of any size")
                .contains("28.99").contains("0.001854");
        assertThat(rounded(sum(p, product(constant(1e-8), symbol("q", Shape.SCALAR)), constant(3.14162)), 4)).contains("3.142");
        assertThat(rounded(product(constant(1e6), sum(p, constant(-1.23456789e-3))), 4)).contains("0.0012345679");
        assertThat(rounded(product(constant(5.557589997480039e28), p), 4)).isEqualTo("5.558 \\cdot 10^{28} p");
    }

    /** Every entry of an array as if it stood alone. */
    @Test
    void roundsEntriesOfArraysAsFarAsEachTells() {
        Expression x = symbol("x", Shape.of(2));
        Expression means = stack(List.of(constant(-101325.1849), constant(-1.2345678)));
        Expression scales = stack(List.of(constant(38012.345), constant(40.31234)));
        assertThat(rounded(product(sum(x, means), power(scales, -1)), 4))
                .contains("101300", "1.235", "38010", "40.31");
        Expression positive = stack(List.of(constant(101332.9049), constant(290.001664)));
        Expression few = stack(List.of(constant(46.389), constant(0.0228123)));
        assertThat(rounded(product(sum(x, product(constant(-1, Shape.of(2)), positive)), power(few, -1)), 3))
                .as("what is taken off").contains("101332.9", "290.00166");
        Expression small = stack(List.of(constant(43.345678), constant(0.031234)));
        assertThat(rounded(product(sum(x, means), power(small, -1)), 4)).contains("101325.18", "1.23457");
        Expression added = stack(List.of(constant(290.123456), constant(101325.1849)));
        assertThat(rounded(sum(product(scales, apply(ScalarFunction.TANH, x)), added), 4))
                .contains("290.1", "101325.18");
        Expression p = symbol("p", Shape.SCALAR);
        Expression difference = sum(p, constant(-101325.1849));
        assertThat(rounded(product(broadcast(difference, Shape.of(2)), power(small, -1)), 4)).contains("101325.18");
    }

    private static String rounded(Expression expression, int digits) {
        return Renderer.render(expression, Notation.none(), Form.ARRAY, Format.LATEX, false, digits, 10_000).expression()
                .replace("\\left(", "(").replace("\\right)", ")");
    }

    @Test
    void roundsNumbersThatAreNotWholeInPrintOnly() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression expression = sum(product(constant(0.123456789), power(x, 12345)), product(constant(8888888.25), x));
        for (Format format : Format.values()) {
            String printed = Renderer.render(expression, Notation.none(), Form.ARRAY, format, false, 3, 10_000).expression();
            assertThat(printed).contains("0.123").doesNotContain("0.1234").contains("12345").doesNotContain(".25");
            assertThat(Renderer.render(expression, Notation.none(), Form.ARRAY, format, false, 17, 10_000))
                    .isEqualTo(Renderer.render(expression, Notation.none(), Form.ARRAY, format, false, 10_000));
        }
        assertThat(Renderer.render(power(constant(-1.0 / 3, Shape.of(2)), 1), Notation.none(), Form.ARRAY, Format.PYTHON, false, 2,
                10_000).expression()).isEqualTo("np.full(2, -0.33)");
    }

    /** What is not taken is computed by NumPy all the same. */
    @Test
    void printedPythonIgnoresWhatNumpySaysOfBranchesThatAreNotTaken() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression where = Arithmetic.select(Arithmetic.apply(BinaryFunction.GREATER, x, constant(0)),
                Arithmetic.apply(ScalarFunction.LOG, x), constant(0));
        assertThat(Renderer.render(where, Notation.none(), Form.ARRAY, Format.PYTHON, false, 10_000).code()).hasValueSatisfying(
                code -> assertThat(code).contains("@np.errstate(all=\"ignore\")\ndef evaluate(inputs, parameters):"));
        assertThat(Renderer.render(where, Notation.none(), Form.ARRAY, Format.LATEX, false, 10_000).expression()).isEqualTo(
                "\\begin{cases} \\ln\\left(x\\right) & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}");
    }
}
