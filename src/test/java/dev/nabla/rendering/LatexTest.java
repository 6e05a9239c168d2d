package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Notation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatexTest {

    private static final Notation NOTATION = new Notation(RandomExpressions.ALIASES, Map.of());
    private static final List<String> INPUTS = List.of("x_{1}", "\\theta", "\\mathrm{temp\\_air}");

    @Test
    void readBackItHasTheValueOfTheExpression() {
        int compared = 0;
        for (long seed = 0; seed < 4000; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            double[] expected = Values.of(expression, values);
            boolean[] comparable = Values.areWellConditioned(expression, values);
            boolean share = seed % 2 == 0;
            Rendering rendering = Renderer.render(expression, NOTATION, Form.SCALAR, Format.LATEX, share, 50_000_000);
            double[] read = read(rendering, named(RandomExpressions.symbols(), INPUTS, values));
            for (int i = 0; i < expected.length; i++) {
                // The logarithm of a sum of exponentials may overflow on the way as it is written.
                if (comparable[i] && !Double.isInfinite(read[i])) {
                    compared++;
                    assertThat(read[i]).as("seed %d: %s", seed, rendering)
                            .isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
        assertThat(compared).isGreaterThan(6000);
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionReadBackHasItsValue(ScalarFunction function) {
        Expression x = symbol("x", Shape.SCALAR);
        for (double point : new double[] {-2.5, -0.3, 0.4, 1.7}) {
            double value = function.value(point);
            if (Double.isFinite(value)) {
                assertThat(LatexReader.value(latex(apply(function, x)), Map.of("x", point))).as("at %s", point)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void theGradientOfTheSeedsPageHasTheRightPowersOfTanh() {
        var network = new SeedNetwork();
        Expression gradient = network.gradientByFirstBias();
        Rendering rendering =
                Renderer.render(gradient, network.notation(), Form.SCALAR, Format.LATEX, false, 1_000_000);
        Map<String, double[]> values = network.values(new Random(1));
        Map<String, Double> names = named(network.symbols(), List.of("x", "y"), values);
        double[] expected = Values.of(gradient, values);
        for (int i = 0; i < 3; i++) {
            String entry = rendering.entries().get(i);
            assertThat(LatexReader.value(entry, names)).isCloseTo(expected[i], within(1e-14));
            // sech² of layer 3 for each of 3 ways through layer 2, of layer 2 once on each, of layer 1 once.
            assertThat(count(entry, "\\operatorname{sech}^{2}\\left(")).isEqualTo(3 + 3 + 1);
            // In layer 3 each way holds 3 · (1 + 3) inner ones, in layer 2 each 3.
            assertThat(count(entry, "\\tanh\\left(")).isEqualTo(3 * 12 + 3 * 3);
        }
    }

    @Test
    void fractionsRootsAndNumbers() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression y = symbol("y", Shape.SCALAR);
        assertThat(latex(divide(x, y))).isEqualTo("\\frac{x}{y}");
        assertThat(latex(product(constant(-3), power(x, -2)))).isEqualTo("-\\frac{3}{x^{2}}");
        assertThat(latex(apply(ScalarFunction.SQRT, sum(x, y)))).isEqualTo("\\sqrt{x + y}");
        assertThat(latex(apply(ScalarFunction.ABS, x))).isEqualTo("\\left|x\\right|");
        assertThat(latex(product(constant(1.5e-7), x))).isEqualTo("1.5 \\cdot 10^{-7} x");
        assertThat(latex(product(constant(3), power(constant(2), x)))).isEqualTo("3 \\cdot 2^{x}");
        assertThat(latex(power(apply(ScalarFunction.TANH, x), 2))).isEqualTo("\\tanh^{2}\\left(x\\right)");
        assertThat(latex(power(apply(ScalarFunction.TANH, x), 0.5)))
                .isEqualTo("\\left(\\tanh\\left(x\\right)\\right)^{0.5}");
        assertThat(latex(product(x, sum(constant(1), product(constant(-2), y))))).isEqualTo("x \\left(1 - 2 y\\right)");
    }

    @Test
    void whatWasComputedOfPiIsWrittenSo() {
        Expression x = symbol("x", Shape.SCALAR);
        Map<Double, String> written = Map.ofEntries(entry(Math.PI, "\\pi"), entry(2 * Math.PI, "2 \\pi"), entry(Math.PI / 2, "\\frac{\\pi}{2}"),
                entry(3 * (Math.PI / 4), "\\frac{3 \\pi}{4}"), entry(2 * Math.pow(Math.PI, 2), "2 \\pi^{2}"), entry(2.5 * Math.PI, "\\frac{5 \\pi}{2}"),
                entry(0.01 / Math.PI, "\\frac{0.01}{\\pi}"), entry(Math.nextUp(0.02 / Math.PI), "\\frac{0.02}{\\pi}"),
                entry(1 / (2 * Math.PI), "\\frac{1}{2 \\pi}"), entry(0.037 * Math.PI, "0.037 \\pi"), entry(1e-9 * Math.PI, "3.141592653589793 \\cdot 10^{-9}"),
                entry(3.14159265, "3.14159265"), entry(3.142, "3.142"), entry(Math.PI / 13, "0.241660973353061"));
        written.forEach((number, expected) -> {
            assertThat(latex(product(constant(number), x))).isEqualTo(expected + " x");
            assertThat(latex(sum(x, constant(-number)))).isEqualTo("x - " + expected);
            assertThat(LatexReader.value(expected, Map.of("\\pi", Math.PI))).isCloseTo(number, withinPercentage(1e-13));
        });
        assertThat(latex(product(constant(Math.PI), symbol("pi", Shape.SCALAR)))).isEqualTo("3.141592653589793 \\pi");
        assertThat(latex(constant(-Math.PI, Shape.of(3)))).isEqualTo("-\\pi \\mathbf{1}_{3}");
        assertThat(latex(power(constant(Math.PI), x))).isEqualTo("\\pi^{x}");
    }

    /** Other numbers are what they are: powers of ten by whole numbers, and random ones, by a seed that is printed. */
    @Test
    void whatWasNotComputedOfPiIsNotWrittenSo() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            double number = i % 2 == 0 ? Math.exp(random.nextGaussian(0, 3)) : random.nextInt(1, 1_000_000) * Math.pow(10, random.nextInt(-9, 3));
            assertThat(latex(constant(number)).contains("pi")).as("%s of seed %d", number, seed).isFalse();
        }
    }

    /** tanh⁻²(x) would be read as an inverse function. */
    @Test
    void aNegativePowerOfAFunctionIsNotWrittenBehindItsNameInDefinitionsEither() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression shared = power(apply(ScalarFunction.TANH, x), -2);
        Rendering rendering = Renderer.render(sum(apply(ScalarFunction.SIN, shared), apply(ScalarFunction.EXP, shared)),
                Notation.none(), Form.ARRAY, Format.LATEX, true, 10_000);
        assertThat(rendering.definitions()).singleElement().satisfies(definition -> assertThat(definition.expression())
                .isEqualTo("\\left(\\tanh\\left(x\\right)\\right)^{-2}"));
    }

    @Test
    void arraysStayWhole() {
        Expression m = symbol("M", Shape.of(2, 2));
        Expression n = symbol("L1.W", Shape.of(2, 2));
        Expression v = symbol("v", Shape.of(2));
        Expression s = symbol("s", Shape.SCALAR);
        assertThat(latex(product(m, n))).isEqualTo("W^{(1)} \\odot M");
        assertThat(latex(LinearAlgebra.matrixProduct(LinearAlgebra.transpose(n), v)))
                .isEqualTo("\\left(W^{(1)}\\right)^{\\top} v");
        assertThat(latex(LinearAlgebra.outerProduct(v, LinearAlgebra.matrixProduct(m, v))))
                .isEqualTo("v \\left(M v\\right)^{\\top}");
        assertThat(latex(LinearAlgebra.solve(m, LinearAlgebra.matrixProduct(m, v)))).isEqualTo("M^{-1} M v");
        assertThat(latex(LinearAlgebra.solve(LinearAlgebra.transpose(m), v))).isEqualTo("M^{-\\top} v");
        assertThat(latex(LinearAlgebra.solve(sum(m, n), sum(v, v, LinearAlgebra.entry(m, 0)))))
                .isEqualTo("\\left(W^{(1)} + M\\right)^{-1} \\left(2 v + M_{1,:}\\right)");
        assertThat(latex(LinearAlgebra.matrixProduct(LinearAlgebra.solve(n, m), v)))
                .isEqualTo("\\left(W^{(1)}\\right)^{-1} M v");
        assertThat(latex(product(LinearAlgebra.broadcast(v, m.shape()), m)))
                .isEqualTo("\\operatorname{diag}\\left(v\\right) M");
        assertThat(latex(product(LinearAlgebra.broadcast(v, m.shape()), m, n)))
                .isEqualTo("\\operatorname{diag}\\left(v\\right) \\left(W^{(1)} \\odot M\\right)");
        assertThat(latex(product(LinearAlgebra.broadcast(v, m.shape()), LinearAlgebra.matrixProduct(m, n))))
                .isEqualTo("\\operatorname{diag}\\left(v\\right) M W^{(1)}");
        assertThat(latex(product(LinearAlgebra.broadcast(v, m.shape()), LinearAlgebra.broadcast(s, m.shape()))))
                .isEqualTo("s v \\mathbf{1}_{2}^{\\top}");
        assertThat(latex(divide(LinearAlgebra.broadcast(v, m.shape()), m)))
                .isEqualTo("\\operatorname{diag}\\left(v\\right) \\frac{1}{M}");
        assertThat(latex(product(LinearAlgebra.broadcast(s, v.shape()), v))).isEqualTo("s v");
        assertThat(latex(LinearAlgebra.entrySum(product(v, v)))).isEqualTo("\\operatorname{sum}\\left(v^{2}\\right)");
        assertThat(latex(LinearAlgebra.sampleSum(s))).isEqualTo("\\sum_{s} s");
        assertThat(latex(LinearAlgebra.broadcast(v, m.shape()))).isEqualTo("v \\mathbf{1}_{2}^{\\top}");
        assertThat(latex(LinearAlgebra.identity(2)))
                .isEqualTo("\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}");
        assertThat(latex(LinearAlgebra.stack(v, LinearAlgebra.entry(n, 0))))
                .isEqualTo("\\begin{pmatrix} v^{\\top} \\\\ \\left(W^{(1)}_{1,:}\\right)^{\\top} \\end{pmatrix}");
    }

    @Test
    void constantArraysAreMultiplesOfOnes() {
        Shape shape = Shape.of(2, 3);
        assertThat(latex(LinearAlgebra.broadcast(constant(0), shape))).isEqualTo("\\mathbf{0}_{2 \\times 3}");
        assertThat(latex(LinearAlgebra.broadcast(constant(1), shape))).isEqualTo("\\mathbf{1}_{2 \\times 3}");
        assertThat(latex(LinearAlgebra.broadcast(constant(-1), shape))).isEqualTo("-\\mathbf{1}_{2 \\times 3}");
        assertThat(latex(LinearAlgebra.broadcast(constant(-2.5), Shape.of(4)))).isEqualTo("-2.5 \\mathbf{1}_{4}");
    }

    @Test
    void multiplesOfMatrixProductsNeedNoParentheses() {
        Expression m = symbol("M", Shape.of(2, 2));
        Expression v = symbol("v", Shape.of(2));
        assertThat(latex(product(LinearAlgebra.broadcast(constant(2), v.shape()), LinearAlgebra.matrixProduct(m, v))))
                .isEqualTo("2 M v");
        assertThat(latex(product(LinearAlgebra.broadcast(constant(2), m.shape()), LinearAlgebra.outerProduct(v, v))))
                .isEqualTo("2 v v^{\\top}");
        assertThat(latex(product(LinearAlgebra.broadcast(constant(2), v.shape()), LinearAlgebra.solve(m, v))))
                .isEqualTo("2 M^{-1} v");
        assertThat(latex(product(LinearAlgebra.broadcast(constant(2), m.shape()), LinearAlgebra.transpose(m))))
                .isEqualTo("2 M^{\\top}");
    }

    @Test
    void aSumInASumNeedsParenthesesOnlyWhereItBeginsWithASign() {
        Expression v = symbol("v", Shape.of(2));
        Expression s = symbol("s", Shape.SCALAR);
        Expression t = symbol("t", Shape.SCALAR);
        Expression deep = power(apply(ScalarFunction.TANH, apply(ScalarFunction.SIN, apply(ScalarFunction.COS, v))), 2);
        String printed = "\\tanh^{2}\\left(\\sin\\left(\\cos\\left(v\\right)\\right)\\right)";
        assertThat(latex(sum(deep, LinearAlgebra.broadcast(sum(s, t), v.shape())))).isEqualTo(printed + " + s + t");
        Expression opposites = sum(product(constant(-1), s), product(constant(-1), t));
        assertThat(latex(sum(deep, LinearAlgebra.broadcast(opposites, v.shape()))))
                .isEqualTo(printed + " + \\left(-s - t\\right)");
    }

    @Test
    void severalDivisorsStandEntrywiseWhereTheyAreArrays() {
        Expression v = symbol("v", Shape.of(2));
        Expression w = symbol("w", Shape.of(2));
        Expression s = symbol("s", Shape.SCALAR);
        Expression t = symbol("t", Shape.SCALAR);
        assertThat(latex(product(power(v, -1), power(w, -2)))).isEqualTo("\\frac{1}{v \\odot w^{2}}");
        assertThat(latex(product(power(s, -1), power(t, -2)))).isEqualTo("\\frac{1}{s t^{2}}");
    }

    @Test
    void entrywisePowersAreNotTakenForThoseOfMatrices() {
        Expression m = symbol("M", Shape.of(2, 2));
        Expression w = symbol("L1.W", Shape.of(2, 2));
        Expression v = symbol("v", Shape.of(2));
        Expression s = symbol("s", Shape.SCALAR);
        assertThat(latex(LinearAlgebra.matrixProduct(power(w, 2), v)))
                .isEqualTo("\\left(W^{(1)}\\right)^{\\circ 2} v");
        assertThat(latex(power(sum(m, w), 0.5))).isEqualTo("\\left(W^{(1)} + M\\right)^{\\circ 0.5}");
        assertThat(latex(power(m, -1.5))).isEqualTo("M^{\\circ \\left(-1.5\\right)}");
        assertThat(latex(power(m, -2))).isEqualTo("\\frac{1}{M^{\\circ 2}}");
        assertThat(latex(divide(w, power(m, 3)))).isEqualTo("\\frac{W^{(1)}}{M^{\\circ 3}}");
        assertThat(latex(power(m, w))).isEqualTo("M^{\\circ W^{(1)}}");
        assertThat(latex(power(m, LinearAlgebra.broadcast(sum(s, constant(1)), m.shape()))))
                .isEqualTo("M^{\\circ \\left(s + 1\\right)}");
        assertThat(latex(power(LinearAlgebra.broadcast(s, m.shape()), m))).isEqualTo("s^{\\circ M}");
        assertThat(latex(power(apply(ScalarFunction.TANH, m), 2))).isEqualTo("\\tanh^{2}\\left(M\\right)");
        assertThat(latex(power(v, 2))).isEqualTo("v^{2}");
        assertThat(latex(power(v, -2))).isEqualTo("\\frac{1}{v^{2}}");
        assertThat(latex(product(LinearAlgebra.broadcast(power(s, 2), m.shape()), m))).isEqualTo("s^{2} M");
        assertThat(latex(power(LinearAlgebra.entry(m, 0), 2))).isEqualTo("M_{1,:}^{2}");
    }

    private static String latex(Expression expression) {
        return Renderer.render(expression, Notation.none(), Form.ARRAY, Format.LATEX, false, 10_000).expression();
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static double[] read(Rendering rendering, Map<String, Double> symbols) {
        Map<String, Double> names = new HashMap<>(symbols);
        for (Definition definition : rendering.definitions()) {
            double value = LatexReader.value(definition.expression(), names);
            assertThat(names.put(definition.name(), value)).as(definition.name()).isNull();
        }
        return rendering.entries().stream().mapToDouble(entry -> LatexReader.value(entry, names)).toArray();
    }

    /** The values of symbols by the names that a textbook has for them. */
    private static Map<String, Double> named(List<Expression> symbols, List<String> inputs,
            Map<String, double[]> values) {
        var names = new HashMap<String, Double>();
        for (Expression symbol : symbols) {
            String name = ((Expression.Symbol) symbol).name();
            for (int i = 0; i < symbol.shape().size(); i++) {
                String index = symbol.shape().index(i).stream().map(k -> String.valueOf(k + 1))
                        .collect(Collectors.joining(","));
                String latex = name.equals("inputs") ? inputs.get(i)
                        : name.charAt(3) + "^{(" + name.charAt(1) + ")}_{" + index + "}";
                names.put(latex, values.get(name)[i]);
                if (name.equals("inputs")) {
                    names.put("\\mathbf{x}_{" + index + "}", values.get(name)[i]);
                }
            }
        }
        return names;
    }
}
