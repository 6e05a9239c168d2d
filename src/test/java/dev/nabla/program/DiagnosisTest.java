package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

    private static final Symbol INPUTS = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));
    private static final Symbol W = (Symbol) Arithmetic.symbol("W", Shape.of(2, 2));
    private static final Scope SCOPE = Scope.of(Map.of("inputs", INPUTS, "W", W,
            "x", LinearAlgebra.entry(INPUTS, 0), "y", LinearAlgebra.entry(INPUTS, 1)));

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "log(x) | 0 | 1 | log of 0",
        "y + sin(3 * sqrt(x)) | -0.25 | 1 | sqrt of -0.25",
        "exp(y / x) | 0 | 1 | division by 0",
        "x^-3 | 0 | 1 | division by 0",
        "x^y | -2 | 0.5 | -2 to the power 0.5",
        "x^y | 10 | 400 | overflow of 10 to the power 400",
        "exp(x) * 0.5 | 1000 | 1 | overflow of exp of 1000",
        "y * x | 1e200 | 1e200 | overflow of a product",
        "x + y | 1.7e308 | 1.7e308 | overflow of a sum",
        "sum(inputs * 2) | 1e308 | 1 | overflow of a product",
        "solve([[x, y], [y, x]], [1, 2])[2] | 3 | 3 | solve with a singular matrix",
        "solve([[1, 2, 3], [4, 5, 6], [7, 8, 9]] * x, [1, 1, y]) | 1 | 2 | solve with a singular matrix",
        "(W @ log(inputs))[2] | 1 | 0 | log of 0",
        "norm(transpose([inputs, exp(inputs)]) @ [1, 1]) | 1 | 800 | overflow of exp of 800",
        "outer(inputs, log(inputs))[1] | 1 | -3 | log of -3",
        // What is infinite on the way does no harm where its user is finite.
        "tanh(1 / x) + log(y) | 0 | 0 | log of 0",
        "tanh([1 / x, log(y)]) | 0 | -1 | log of -1",
        "[exp(1 / x), sqrt(y)][2] | 0 | -1 | sqrt of -1"
    })
    void theOperationWithoutAFiniteValueIsNamed(String equation, double x, double y, String reason) {
        assertThat(reasons(new KernelEngine(), equation, new double[][] {{x, y}})).containsExactly(reason);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void everySampleOfManyHasItsOwnReason(Engine engine) {
        double[][] points = IntStream.range(0, 3000).mapToObj(s -> new double[] {s % 2 == 0 ? 0 : -s, 1})
                .toArray(double[][]::new);
        List<String> reasons = reasons(engine, "sum(outer(ones(500), [log(x), y]))", points);
        assertThat(reasons).hasSize(3000).startsWith("log of 0", "log of -1", "log of 0", "log of -3")
                .endsWith("log of -2999");
    }

    /** Of random expressions the ones that are not finite at random values with zeros among them. */
    @Test
    void whateverIsNotFiniteHasAReason() {
        int undefined = 0;
        for (long seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            var expressions = new RandomExpressions(random);
            Expression expression = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            Arrays.setAll(values.get("inputs"), i -> random.nextBoolean() ? 0 : values.get("inputs")[i]);
            List<Symbol> symbols = RandomExpressions.symbols().stream().map(Symbol.class::cast).toList();
            Map<Symbol, double[]> shared = new HashMap<>();
            symbols.stream().filter(symbol -> !symbol.isPerSample())
                    .forEach(symbol -> shared.put(symbol, values.get(symbol.name())));
            Map<Symbol, double[][]> inputs = Map.of(symbols.getFirst(), new double[][] {values.get("inputs")});
            var engine = new KernelEngine();
            double[] value = Evaluation.of(List.of(expression), symbols, engine).evaluate(shared, inputs, 1)[0][0];
            if (!Arrays.stream(value).allMatch(Double::isFinite)) {
                undefined++;
                assertThat(new Diagnosis(expression, symbols, engine).reasons(shared, inputs, 1)).as("seed " + seed)
                        .singleElement().asString().matches("(overflow of )?\\w+ of -?[\\w.]+|division by 0|overflow of "
                                + "a (sum|product|norm)|(overflow of )?xlogy of .* and .*|solve with a singular matrix|.* to the power .*");
            }
        }
        assertThat(undefined).isGreaterThan(100);
    }

    private static List<String> reasons(Engine engine, String equation, double[][] points) {
        var symbols = new ArrayList<>(List.of(W, INPUTS));
        return new Diagnosis(Equation.parse(equation, SCOPE), symbols, engine)
                .reasons(Map.of(W, new double[] {1, 2, 3, 4}), Map.of(INPUTS, points), points.length);
    }
}
