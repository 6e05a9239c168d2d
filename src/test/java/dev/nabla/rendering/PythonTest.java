package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.kernels.ExactDerivatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs what is printed. */
class PythonTest {

    private static final Notation NOTATION = new Notation(RandomExpressions.ALIASES, Map.of());

    private final Python python = new Python();
    private final List<Expected> expected = new ArrayList<>();

    private record Expected(String description, Shape shape, double[] value, boolean[] isComparable) {}

    @Test
    void everyModuleRunsAsItStands() {
        for (long seed = 0; seed < 1500; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression expression = expressions.array(4);
            add("seed " + seed, expression, NOTATION, RandomExpressions.symbols(), expressions.values(), seed % 2 == 0);
        }
        assertThat(compareAll()).isGreaterThan(4000);
    }

    @Test
    void derivativesOfTheSeedsNetworkAreThose() {
        var network = new SeedNetwork();
        Expression z = network.output();
        Map<String, double[]> values = network.values(new Random(7));
        List<Expression> derivatives = List.of(z, network.gradientByFirstBias(),
                Derivative.of(z, network.parameters.get(2)),
                Derivative.of(Derivative.of(z, SeedNetwork.INPUTS), SeedNetwork.INPUTS),
                Derivative.of(Derivative.of(z, LinearAlgebra.entry(SeedNetwork.INPUTS, 0)), network.parameters.get(0)));
        for (Expression derivative : derivatives) {
            add("unshared", derivative, network.notation(), network.symbols(), values, false);
            add("shared", derivative, network.notation(), network.symbols(), values, true);
        }
        assertThat(compareAll()).isEqualTo(4 * (1 + 3 + 9 + 4 + 6));
    }

    /** Each on all arguments at once, as the derivative of a sum of entries that know nothing of each other. */
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
                results.get(i).values().stream().mapToDouble(value -> value).toArray()))).as("seed %d", seed).isEmpty();
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
        assertThat(compareAll()).isEqualTo(4);
    }

    @Test
    void namesThatPythonUsesItselfAreMarked() {
        List<String> names = List.of("lambda", "np", "math", "sigmoid", "evaluate", "parameters", "L1_W", "x");
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
                "    lambda_ = inputs[0]\n", "    np_ = inputs[1]\n", "    L1_W = inputs[6]\n",
                "    L1_W_ = np.array(parameters[\"L1\"][\"W\"], dtype=float)\n");
    }

    @Test
    void whatIsNotFiniteIsNotFiniteThere() {
        Expression x = LinearAlgebra.entry(RandomExpressions.INPUTS, 0);
        Map<String, double[]> values = new RandomExpressions(new Random(9)).values();
        for (Expression infinite : List.of(power(constant(0), -1), power(constant(-2), 0.5),
                apply(ScalarFunction.LOG, constant(0)))) {
            add("number", sum(infinite, x), NOTATION, RandomExpressions.symbols(), values, false);
        }
        Expression vector = power(constant(0, Shape.of(3)), -1);
        add("vector", vector, NOTATION, RandomExpressions.symbols(), values, false);
        assertThat(python.run()).flatExtracting(Python.Result::values).hasSize(2 * (3 + 3))
                .noneMatch(Double::isFinite);
    }

    private void add(String description, Expression expression, Notation notation, List<Expression> symbols,
            Map<String, double[]> values, boolean share) {
        double[] value = Values.of(expression, values);
        boolean[] isComparable = Values.areWellConditioned(expression, values);
        // Written out, 0 times what is not finite is 0.
        double[] ofArrays = Interpreter.evaluate(expression, values);
        for (int i = 0; i < isComparable.length; i++) {
            isComparable[i] &= Double.isFinite(ofArrays[i]);
        }
        for (Form form : Form.values()) {
            String code = Renderer.render(expression, notation, form, Format.PYTHON, share, 50_000_000).code()
                    .orElseThrow();
            python.add(code, symbols.stream().map(Symbol.class::cast).toList(), values);
            expected.add(new Expected(description + " " + form + "\n" + code, expression.shape(), value, isComparable));
        }
    }

    /** Compares all results and returns how many entries were well-conditioned. */
    private int compareAll() {
        List<Python.Result> results = python.run();
        int compared = 0;
        for (int k = 0; k < expected.size(); k++) {
            Expected e = expected.get(k);
            assertThat(results.get(k).shape()).as(e.description).isEqualTo(e.shape.dimensions());
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
