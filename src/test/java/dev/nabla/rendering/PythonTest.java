package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.UndefinedException;
import dev.nabla.program.kernels.ExactDerivatives;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Runs what is printed. */
class PythonTest {

    private static final Notation NOTATION = new Notation(RandomExpressions.ALIASES, Map.of());

    private final Python python = new Python();
    private final List<Expected> expected = new ArrayList<>();

    private record Expected(String description, List<Integer> shape, double[] value, boolean[] isComparable) {}

    @Test
    void everyModuleRunsAsItStands() {
        for (long seed = 0; seed < 1500; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            add("seed " + seed, expression, NOTATION, RandomExpressions.symbols(), expressions.values(), seed % 2 == 0);
        }
        assertThat(compareAll()).isGreaterThan(14_000);
    }

    @Test
    void derivativesOfTheSeedsNetworkAreThose() {
        var network = new SeedNetwork();
        Expression z = network.output();
        Map<String, double[]> values = network.values(new Random(7));
        List<Expression> derivatives = List.of(z, network.gradientByFirstBias(),
                Derivative.of(z, network.parameters.get(2)),
                Derivative.of(Derivative.of(z, SeedNetwork.INPUTS), SeedNetwork.INPUTS),
                Derivative.of(Derivative.of(z, SeedNetwork.INPUTS), network.parameters.get(0)),
                Derivative.of(Derivative.of(z, LinearAlgebra.entry(SeedNetwork.INPUTS, 0)), network.parameters.get(0)));
        for (Expression derivative : derivatives) {
            add("unshared", derivative, network.notation(), network.symbols(), values, false);
            add("shared", derivative, network.notation(), network.symbols(), values, true);
        }
        int evaluations = 2 * (1 + 2) + 2 * (1 + 3);
        assertThat(compareAll()).isEqualTo(evaluations * (1 + 3 + 9 + 4 + 12 + 6));
    }

    /**
     * Each on all arguments at once, as the derivative of a sum of entries that know nothing of each other. Next to a zero
     * twice what the engines may be off by, as NumPy's functions are not as exact as the kernels.
     */
    @Test
    void derivativesKeepTheirDigitsUpToThirdOrder() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var arguments = new ArrayList<double[]>();
        for (ScalarFunction function : ScalarFunction.values()) {
            double[] x = ExactDerivatives.arguments(function, random, 100);
            arguments.add(x);
            Expression inputs = perSampleSymbol("inputs", Shape.of(x.length));
            Expression derivative = apply(function, inputs);
            for (int order = 0; order <= 3; order++) {
                python.add(Renderer.render(derivative, Notation.none(), Form.ARRAY, Format.PYTHON, false, 50_000_000)
                        .code().orElseThrow(), List.of((Symbol) inputs), Map.of("inputs", x));
                derivative = Derivative.of(LinearAlgebra.entrySum(derivative), inputs);
            }
        }
        List<Python.Result> results = python.run();
        assertThat(IntStream.range(0, results.size()).boxed().flatMap(i -> ExactDerivatives.faults(
                ScalarFunction.values()[i / 4], i % 4, arguments.get(i / 4),
                results.get(i).values().stream().mapToDouble(value -> value).toArray(), 8))).as("seed %d", seed).isEmpty();
    }

    @Test
    void deepChainsAndLongSumsStayWithinWhatPythonParses() {
        Expression chain = LinearAlgebra.entry(RandomExpressions.INPUTS, 0);
        for (int i = 0; i < 5000; i++) {
            chain = apply(i % 2 == 0 ? ScalarFunction.SIN : ScalarFunction.COS, chain);
        }
        Map<String, double[]> values = new RandomExpressions(new Random(5)).values();
        add("chain", chain, NOTATION, RandomExpressions.symbols(), values, false);
        Expression wide = symbol("L1.W", Shape.of(2, 5000));
        Expression total = LinearAlgebra.entrySum(product(wide, wide));
        add("sum", total, Notation.none(), List.of(wide),
                Map.of("L1.W", new Random(6).doubles(10_000).toArray()), false);
        assertThat(compareAll()).isEqualTo(2 * (1 + 3) + 2 * (1 + 3));
    }

    @Test
    void namesThatPythonUsesItselfAreMarked() {
        List<String> names = List.of("lambda", "np", "math", "sigmoid", "evaluate", "parameters", "L1_W", "x", "shaped");
        Expression inputs = perSampleSymbol("inputs", Shape.of(names.size()));
        Expression w = symbol("L1.W", Shape.SCALAR);
        var aliases = new LinkedHashMap<Expression, Name>();
        IntStream.range(0, names.size())
                .forEach(i -> aliases.put(LinearAlgebra.entry(inputs, i), Name.of(names.get(i))));
        Expression all = w;
        for (Expression entry : aliases.keySet()) {
            all = sum(product(constant(3), all), apply(ScalarFunction.SIGMOID, entry),
                    apply(ScalarFunction.ERF, entry));
        }
        double[] point = new Random(8).doubles(names.size()).toArray();
        var notation = new Notation(aliases, Map.of());
        add("names", all, notation, List.of(inputs, w),
                Map.of("inputs", point, "L1.W", new double[] {0.3}), true);
        compareAll();
        Rendering rendering = Renderer.render(all, notation, Form.ARRAY, Format.PYTHON, false, 9999);
        assertThat(rendering.code().orElseThrow()).contains("import math\n\nimport numpy as np\n\n\ndef sigmoid(x)",
                "    lambda_ = inputs[..., 0]\n", "    np_ = inputs[..., 1]\n", "    L1_W = inputs[..., 6]\n",
                "    L1_W_ = shaped(parameters[\"L1\"][\"W\"], (), \"L1.W\")\n");
    }

    @Test
    void whatIsNotFiniteIsNotFiniteThere() {
        Expression x = LinearAlgebra.entry(RandomExpressions.INPUTS, 0);
        Map<String, double[]> values = new RandomExpressions(new Random(9)).values();
        Expression zero = product(apply(ScalarFunction.STEP, x), apply(ScalarFunction.STEP, product(constant(-1), x)));
        for (Expression infinite : List.of(power(zero, -1), power(sum(zero, constant(-2)), 0.5),
                apply(ScalarFunction.LOG, zero))) {
            add("number", sum(infinite, x), NOTATION, RandomExpressions.symbols(), values, false);
        }
        Expression vector = power(LinearAlgebra.broadcast(zero, Shape.of(3)), -1);
        add("vector", vector, NOTATION, RandomExpressions.symbols(), values, false);
        assertThat(python.run()).flatExtracting(Python.Result::values).hasSize(2 * (1 + 3) * (3 + 3))
                .noneMatch(Double::isFinite);
    }

    @Test
    void aBatchOfAsManySamplesAsUnitsHasAValueForEachSample() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression bias = symbol("L1.b", Shape.of(3));
        Expression outputs = sum(LinearAlgebra.matrixProduct(symbol("L1.W", Shape.of(3, 2)), inputs), bias);
        for (Expression expression : List.of(outputs, LinearAlgebra.entry(outputs, 1))) {
            for (Form form : Form.values()) {
                python.call(code(expression, form), List.of(List.of(1, 2), List.of(3, 4), List.of(5, 6)),
                        Map.of("L1", Map.of("W", List.of(List.of(1, 0), List.of(0, 1), List.of(1, 1)),
                                "b", List.of(0.25, 0.5, 0.75))));
            }
        }
        List<Python.Result> results = python.run();
        assertThat(results).extracting(Python.Result::shape).containsExactly(List.of(3, 3), List.of(3, 3), List.of(3),
                List.of(3));
        assertThat(results.subList(0, 2)).allSatisfy(result -> assertThat(result.values())
                .containsExactly(1.25, 2.5, 3.75, 3.25, 4.5, 7.75, 5.25, 6.5, 11.75));
        assertThat(results.subList(2, 4)).allSatisfy(result ->
                assertThat(result.values()).containsExactly(2.5, 4.5, 6.5));
    }

    @Test
    void whatHasAnotherShapeIsRefused() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression targets = perSampleSymbol("targets", Shape.of(1));
        String linear = code(sum(product(symbol("L1.b", Shape.of(2)), inputs),
                LinearAlgebra.broadcast(LinearAlgebra.entry(targets, 0), Shape.of(2))), Form.ARRAY);
        Map<String, Object> bias = Map.of("b", List.of(1, 2));
        List<Object> target = List.of(1);
        python.call(linear, List.of(1, 2), Map.of("L1", bias, "targets", target));
        python.call(linear, List.of(1, 2, 3), Map.of("L1", bias, "targets", target));
        python.call(linear, List.of(), Map.of("L1", bias, "targets", target));
        python.call(linear, 1, Map.of("L1", bias, "targets", target));
        python.call(linear, List.of(List.of(List.of(1, 2))), Map.of("L1", bias, "targets", List.of(List.of(target))));
        python.call(linear, List.of(1, 2), Map.of("L1", Map.of("b", List.of(1)), "targets", target));
        python.call(linear, List.of(List.of(1, 2), List.of(3, 4)), Map.of("L1", bias, "targets", target));
        assertThat(python.run()).extracting(result -> result.error().orElse("")).containsExactly("",
                "inputs must have the shape (2,) or (samples, 2), had (3,)",
                "inputs must have the shape (2,) or (samples, 2), had (0,)",
                "inputs must have the shape (2,) or (samples, 2), had ()",
                "inputs must have the shape (2,) or (samples, 2), had (1, 1, 2)",
                "L1.b must have the shape (2,), had (1,)", "targets must have the shape (2, 1), had (1,)");
    }

    @Test
    void inputsThatDoNotMatterAreCheckedByTheirNames() {
        String code = code(constant(2, Shape.of(2)), Form.ARRAY);
        for (Object inputs : List.of(List.of(1, 2, 3), List.of(List.of(1, 2, 3)), List.of(1, 2))) {
            python.call(code, inputs, Map.of());
        }
        List<Python.Result> results = python.run();
        assertThat(results).extracting(Python.Result::shape).containsExactly(List.of(2), List.of(1, 2), List.of());
        assertThat(results.getLast().error()).hasValue("inputs must have the shape (3,) or (samples, 3), had (2,)");
    }

    @Test
    void aSingularSystemIsNoNumberAtItsSampleOnly() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression x = LinearAlgebra.entry(inputs, 0);
        Expression y = LinearAlgebra.entry(inputs, 1);
        Expression matrix = LinearAlgebra.stack(LinearAlgebra.stack(x, y), LinearAlgebra.stack(y, x));
        Expression right = LinearAlgebra.stack(constant(3), constant(0));
        List<List<Integer>> points = List.of(List.of(2, 1), List.of(1, 1), List.of(0, 3));
        for (Expression solution : List.of(LinearAlgebra.solve(matrix, right),
                LinearAlgebra.solve(matrix, LinearAlgebra.transpose(LinearAlgebra.transpose(right))))) {
            for (Form form : Form.values()) {
                python.call(code(solution, form), points, Map.of());
                python.call(code(solution, form), points.get(1), Map.of());
            }
        }
        Expression shared = LinearAlgebra.solve(symbol("L1.W", Shape.of(2, 2)), right);
        python.call(code(shared, Form.ARRAY), List.of(1, 2, 3),
                Map.of("L1", Map.of("W", List.of(points.get(1), points.get(1)))));
        List<Python.Result> results = python.run();
        assertThat(results.getLast().values()).containsExactly(Double.NaN, Double.NaN);
        for (int k = 0; k < results.size() - 1; k += 2) {
            assertThat(results.get(k).shape()).startsWith(3, 2);
            List<Double> values = results.get(k).values();
            assertThat(values.get(0)).isEqualTo(2, within(1e-15));
            assertThat(values.get(1)).isEqualTo(-1, within(1e-15));
            assertThat(values.subList(2, 4)).noneMatch(Double::isFinite);
            assertThat(values.get(4)).isEqualTo(0, within(1e-15));
            assertThat(values.get(5)).isEqualTo(1, within(1e-15));
            assertThat(results.get(k + 1).values()).hasSize(2).noneMatch(Double::isFinite);
        }
    }

    @Test
    void aMatrixThatIsRegularByRoundingOnlySolvesNothingWhateverItsUnits() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(3));
        Expression singular = symbol("L1.W", Shape.of(3, 3));
        List<List<Integer>> counted = List.of(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7, 8, 9));
        Expression shared = LinearAlgebra.solve(singular, inputs);
        python.call(code(shared, Form.ARRAY), List.of(1, 1, 2), Map.of("L1", Map.of("W", counted)));
        Expression x = LinearAlgebra.entry(inputs, 0);
        Expression y = LinearAlgebra.entry(inputs, 1);
        Expression z = LinearAlgebra.entry(inputs, 2);
        Expression own = LinearAlgebra.solve(LinearAlgebra.stack(LinearAlgebra.stack(x, y),
                LinearAlgebra.stack(constant(1), z)), LinearAlgebra.stack(constant(3), constant(2)));
        python.call(code(own, Form.ARRAY), List.of(List.of(1, 1e20, 1), List.of(0.1, 0.3, 3), List.of(1e-200, 2e-200, 1),
                List.of(1.7e308, 1.7e308, 0), List.of(0, 0, 1)), Map.of());
        List<Python.Result> results = python.run();
        assertThat(results.get(0).values()).containsOnly(Double.NaN).hasSize(3);
        List<Double> values = results.get(1).values();
        assertThat(values).hasSize(10);
        assertThat(values.get(0)).isEqualTo(2, within(1e-14));
        assertThat(values.get(1)).isEqualTo(1e-20, within(1e-33));
        assertThat(values.subList(2, 4)).containsOnly(Double.NaN);
        assertThat(values.get(4)).isEqualTo(-3e200, within(1e186));
        assertThat(values.get(5)).isEqualTo(3e200, within(1e186));
        assertThat(values.get(6)).isEqualTo(2, within(1e-14));
        assertThat(values.get(7)).isEqualTo(-2, within(1e-14));
        assertThat(values.subList(8, 10)).containsOnly(Double.NaN);
    }

    @Test
    void whatIsDividedByTwiceOverflowsNoMoreThanInTheService() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression x = LinearAlgebra.entry(inputs, 0);
        Expression y = LinearAlgebra.entry(inputs, 1);
        Expression scales = symbol("L1.b", Shape.of(2));
        Map<String, Object> parameters = Map.of("L1", Map.of("b", List.of(1e200, 1e-200)));
        Expression twice = divide(divide(x, y), y);
        for (Form form : Form.values()) {
            python.call(code(twice, form), List.of(List.of(1e300, 1e200), List.of(1e-300, 1e-200)), Map.of());
            python.call(code(divide(twice, y), form), List.of(List.of(1e300, 1e110), List.of(1e-300, 1e-110)), Map.of());
            python.call(code(divide(divide(inputs, scales), scales), form), List.of(1e300, 1e-300), parameters);
            python.call(code(divide(divide(inputs, LinearAlgebra.broadcast(y, Shape.of(2))),
                    LinearAlgebra.broadcast(y, Shape.of(2))), form), List.of(1e300, 1e200), Map.of());
        }
        double[][] expected = {{1e-100, 1e100}, {1e-30, 1e30}, {1e-100, 1e100}, {1e-100, 1e-200}};
        List<Python.Result> results = python.run();
        assertThat(results).hasSize(8);
        for (int k = 0; k < results.size(); k++) {
            for (int i = 0; i < 2; i++) {
                assertThat(results.get(k).values().get(i)).as("case %d", k)
                        .isCloseTo(expected[k % 4][i], Percentage.withPercentage(1e-12));
            }
        }
        assertThat(code(product(x, power(sum(x, y), -2)), Form.ARRAY)).contains(" ** 2");
        assertThat(code(product(x, power(y, -4)), Form.ARRAY)).contains(" ** 4");
    }

    @Test
    void parametersThatWereSubstitutedAreNotAskedForAndStayReal() {
        int undefined = 0;
        for (long seed = 1000; seed < 1200; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            Map<Expression, Expression> numbers = RandomExpressions.symbols().stream()
                    .filter(symbol -> !symbol.isPerSample()).collect(Collectors.toMap(symbol -> symbol,
                            symbol -> LinearAlgebra.array(symbol.shape(), Arrays.stream(values.get(((Symbol) symbol).name()))
                                    .mapToObj(Arithmetic::constant).toList())));
            try {
                add("seed " + seed, Graph.substitute(expression, numbers), NOTATION, List.of(RandomExpressions.INPUTS),
                        values, seed % 2 == 0);
            } catch (UndefinedException e) {
                undefined++;
            }
        }
        Expression large = LinearAlgebra.array(Shape.of(2, 2),
                List.of(constant(1e10), constant(0), constant(1), constant(3e15)));
        Expression square = LinearAlgebra.matrixProduct(large, large);
        Map<String, double[]> values = Map.of("inputs", new double[] {1, 2, 3});
        add("whole", sum(square, product(LinearAlgebra.transpose(large), LinearAlgebra.transpose(large))), NOTATION,
                List.of(RandomExpressions.INPUTS), values, false);
        assertThat(undefined).isLessThan(40);
        assertThat(compareAll()).isGreaterThan(1500);
    }

    @Test
    void aSumOverSamplesAddsUpTheBatch() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression total = LinearAlgebra.sampleSum(product(inputs, inputs));
        Expression count = LinearAlgebra.sampleSum(symbol("L1.b", Shape.SCALAR));
        Expression expression = product(LinearAlgebra.broadcast(count, Shape.of(2)), sum(total, inputs));
        for (Form form : Form.values()) {
            python.call(code(expression, form), List.of(1, 2), Map.of("L1", Map.of("b", 10)));
            python.call(code(expression, form), List.of(List.of(1, 2), List.of(3, 4), List.of(5, 6)),
                    Map.of("L1", Map.of("b", 10)));
        }
        assertThat(python.run()).extracting(Python.Result::values).containsExactly(List.of(20.0, 60.0),
                List.of(1080.0, 1740.0, 1140.0, 1800.0, 1200.0, 1860.0), List.of(20.0, 60.0),
                List.of(1080.0, 1740.0, 1140.0, 1800.0, 1200.0, 1860.0));
    }

    private static String code(Expression expression, Form form) {
        return Renderer.render(expression, NOTATION, form, Format.PYTHON, false, 50_000_000).code().orElseThrow();
    }

    private void add(String description, Expression expression, Notation notation, List<Expression> symbols,
            Map<String, double[]> values, boolean share) {
        // As many samples as there are units: were axes mixed up, NumPy would not notice.
        List<Map<String, double[]>> batch = batch(symbols, values, share ? 2 : 3);
        List<Symbol> given = symbols.stream().map(Symbol.class::cast).toList();
        for (Form form : Form.values()) {
            String code = Renderer.render(expression, notation, form, Format.PYTHON, share, 50_000_000).code()
                    .orElseThrow();
            python.add(code, given, values);
            expect(description + " " + form + "\n" + code, expression, List.of(values), expression.shape().dimensions());
            python.addBatch(code, given, batch);
            expect(description + " " + form + " batch\n" + code, expression, batch,
                    Shape.of(batch.size()).followedBy(expression.shape()).dimensions());
        }
    }

    private void expect(String description, Expression expression, List<Map<String, double[]>> samples,
            List<Integer> shape) {
        int size = expression.shape().size();
        double[] value = samples.stream().flatMapToDouble(s -> Arrays.stream(Values.of(expression, s))).toArray();
        var isComparable = new boolean[value.length];
        for (int s = 0; s < samples.size(); s++) {
            boolean[] isWellConditioned = Values.areWellConditioned(expression, samples.get(s));
            // Written out, 0 times what is not finite is 0.
            double[] ofArrays = Interpreter.evaluate(expression, samples.get(s));
            for (int i = 0; i < size; i++) {
                isComparable[s * size + i] = isWellConditioned[i] && Double.isFinite(ofArrays[i]);
            }
        }
        expected.add(new Expected(description, shape, value, isComparable));
    }

    /** Samples that differ in the values per sample, the first of them the given one. */
    private static List<Map<String, double[]>> batch(List<Expression> symbols, Map<String, double[]> values, int samples) {
        return IntStream.range(0, samples).mapToObj(s -> {
            var ofSample = new LinkedHashMap<>(values);
            symbols.stream().filter(Expression::isPerSample).map(symbol -> ((Symbol) symbol).name()).forEach(name ->
                    ofSample.put(name, Arrays.stream(values.get(name)).map(x -> (1 - 0.3 * s) * x + 0.1 * s).toArray()));
            return (Map<String, double[]>) ofSample;
        }).toList();
    }

    /** Compares all results and returns how many entries were well-conditioned. */
    private int compareAll() {
        List<Python.Result> results = python.run();
        int compared = 0;
        for (int k = 0; k < expected.size(); k++) {
            Expected e = expected.get(k);
            assertThat(results.get(k).error()).as(e.description).isEmpty();
            assertThat(results.get(k).shape()).as(e.description).isEqualTo(e.shape);
            for (int i = 0; i < e.value.length; i++) {
                double actual = results.get(k).values().get(i);
                if (e.isComparable[i]) {
                    compared++;
                    assertThat(actual).as("%s\n%s", e.description, Arrays.toString(e.value))
                            .isCloseTo(e.value[i], within(1e-7 * Math.max(1, Math.abs(e.value[i]))));
                }
            }
        }
        return compared;
    }
}
