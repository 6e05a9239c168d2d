package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Test;

/**
 * All derivatives up to the third of small networks with every activation, by inputs and parameters alike, against
 * Hipparchus, which computes the network in truncated Taylor series.
 */
class HessianTest {

    private final Map<Expression, double[]> values = new LinkedHashMap<>();
    private final List<ScalarFunction> activations = new ArrayList<>();
    private Expression output = Arithmetic.constant(0);

    @Test
    void firstAndSecondDerivativesAreThoseOfHipparchus() {
        int compared = 0;
        for (int seed = 0; seed < 400; seed++) {
            build(new Random(seed), seed);
            DerivativeStructure expected = series(2);
            if (isTame(expected)) {
                compared += compareFirst(expected, "seed " + seed) + compareSecond(expected, "seed " + seed);
            }
        }
        assertThat(compared).isGreaterThan(50_000);
    }

    @Test
    void thirdDerivativesAreThoseOfHipparchus() {
        int compared = 0;
        for (int seed = 0; seed < 100; seed++) {
            build(new Random(seed), seed);
            DerivativeStructure expected = series(3);
            if (isTame(expected)) {
                compared += compareThird(expected, "seed " + seed);
            }
        }
        assertThat(compared).isGreaterThan(2_000);
    }

    /** Along a direction of all parameters at once, of which the blocks of the Hessian know nothing. */
    @Test
    void productsOfHessiansAndDirectionsAreThoseOfHipparchus() {
        int compared = 0;
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            build(random, seed);
            DerivativeStructure expected = series(2);
            if (isTame(expected)) {
                compared += compareProduct(expected, random, "seed " + seed);
            }
        }
        assertThat(compared).isGreaterThan(2_000);
    }

    /** A network of 1 to 3 layers with one output; its first activation takes turns, so that each occurs. */
    private void build(Random random, int seed) {
        values.clear();
        activations.clear();
        int dimension = 1 + random.nextInt(3);
        int layers = 1 + random.nextInt(3);
        Expression below = define(perSampleSymbol("inputs", Shape.of(dimension)), random);
        for (int k = 1; k <= layers; k++) {
            int units = k == layers ? 1 : 1 + random.nextInt(3);
            Expression weights = define(symbol("L" + k + ".W", Shape.of(units, dimension)), random);
            Expression bias = define(symbol("L" + k + ".b", Shape.of(units)), random);
            ScalarFunction[] all = ScalarFunction.values();
            activations.add(all[k == 1 ? seed % all.length : random.nextInt(all.length)]);
            below = apply(activations.getLast(), sum(LinearAlgebra.matrixProduct(weights, below), bias));
            dimension = units;
        }
        output = LinearAlgebra.entry(below, 0);
    }

    /** More often positive than not, for the logarithm and the root. */
    private Expression define(Expression symbol, Random random) {
        values.put(symbol, random.doubles(symbol.shape().size(), -0.4, 1.2).toArray());
        return symbol;
    }

    private DerivativeStructure series(int order) {
        int count = values.values().stream().mapToInt(entries -> entries.length).sum();
        var factory = new DSFactory(count, order);
        double[] numbers = values.values().stream().flatMapToDouble(Arrays::stream).toArray();
        DerivativeStructure[] variables = IntStream.range(0, count)
                .mapToObj(i -> factory.variable(i, numbers[i])).toArray(DerivativeStructure[]::new);
        int next = values.values().iterator().next().length;
        DerivativeStructure[] below = Arrays.copyOf(variables, next);
        for (int k = 1; k <= activations.size(); k++) {
            int inner = below.length;
            var outputs = new DerivativeStructure[shape("L" + k + ".b").size()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = variables[next + outputs.length * inner + i];
                for (int j = 0; j < inner; j++) {
                    outputs[i] = outputs[i].add(variables[next + i * inner + j].multiply(below[j]));
                }
                outputs[i] = ScalarFunctionTest.expected(activations.get(k - 1), outputs[i]);
            }
            next += outputs.length * inner + outputs.length;
            below = outputs;
        }
        return below[0];
    }

    private Shape shape(String name) {
        return values.keySet().stream().filter(symbol -> ((Symbol) symbol).name().equals(name)).findFirst()
                .orElseThrow().shape();
    }

    /** Neither the logarithm of a negative number nor the exponential of an exponential of an exponential. */
    private static boolean isTame(DerivativeStructure series) {
        return Arrays.stream(series.getAllDerivatives()).allMatch(derivative -> Math.abs(derivative) < 1e6);
    }

    private int compareFirst(DerivativeStructure expected, String description) {
        int compared = 0;
        for (Expression v : values.keySet()) {
            double[] reverse = evaluate(Derivative.of(output, v), v.shape());
            for (int j = 0; j < reverse.length; j++) {
                Expression entry = LinearAlgebra.entry(v, v.shape().index(j));
                double forward = evaluate(Derivative.of(output, entry), Shape.SCALAR)[0];
                compare(forward, expected, description + ", forward by " + entry, number(v, j));
                compare(reverse[j], expected, description + ", reverse by " + entry, number(v, j));
                compared += 2;
            }
        }
        return compared;
    }

    /** Every pair of symbols in both orders, so that symmetry is tested too. */
    private int compareSecond(DerivativeStructure expected, String description) {
        int compared = 0;
        for (Expression v : values.keySet()) {
            Expression gradient = Derivative.of(output, v);
            for (Expression w : values.keySet()) {
                double[] block = evaluate(Derivative.of(gradient, w), v.shape().followedBy(w.shape()));
                for (int i = 0; i < block.length; i++) {
                    compare(block[i], expected, description + ", by " + v + " and " + w,
                            number(v, i / w.shape().size()), number(w, i % w.shape().size()));
                }
                compared += block.length;
            }
        }
        return compared;
    }

    private int compareProduct(DerivativeStructure expected, Random random, String description) {
        List<Expression> parameters = values.keySet().stream().filter(symbol -> !symbol.isPerSample()).toList();
        var byName = new LinkedHashMap<String, double[]>();
        values.forEach((symbol, entries) -> byName.put(((Symbol) symbol).name(), entries));
        List<Expression> directions = parameters.stream().map(symbol -> symbol("direction of " + symbol, symbol.shape())).toList();
        directions.forEach(symbol -> byName.put(((Symbol) symbol).name(), random.doubles(symbol.shape().size(), -1, 1).toArray()));
        List<Expression> products = Derivative.hessianProduct(output, parameters, directions);
        double scale = Arrays.stream(expected.getAllDerivatives()).map(Math::abs).max().orElse(1);
        int compared = 0;
        for (int k = 0; k < products.size(); k++) {
            double[] product = Interpreter.evaluate(products.get(k), byName);
            for (int i = 0; i < product.length; i++) {
                double exact = 0;
                for (int w = 0; w < parameters.size(); w++) {
                    double[] direction = byName.get(((Symbol) directions.get(w)).name());
                    for (int j = 0; j < direction.length; j++) {
                        exact += direction[j] * derivative(expected, number(parameters.get(k), i), number(parameters.get(w), j));
                    }
                }
                assertThat(product[i]).as("%s, %s", description, activations).isCloseTo(exact, within(1e-11 * (1 + scale)));
            }
            compared += product.length;
        }
        return compared;
    }

    private int compareThird(DerivativeStructure expected, String description) {
        int compared = 0;
        Expression inputs = values.keySet().iterator().next();
        Expression first = LinearAlgebra.entry(inputs, 0);
        Expression hessian = Derivative.of(Derivative.of(output, inputs), first);
        for (Expression w : values.keySet()) {
            double[] block = evaluate(Derivative.of(hessian, w), inputs.shape().followedBy(w.shape()));
            for (int i = 0; i < block.length; i++) {
                compare(block[i], expected, description + ", by the inputs twice and " + w,
                        number(inputs, i / w.shape().size()), number(inputs, 0), number(w, i % w.shape().size()));
            }
            compared += block.length;
        }
        return compared;
    }

    private double[] evaluate(Expression derivative, Shape shape) {
        assertThat(derivative.shape()).isEqualTo(shape);
        var byName = new LinkedHashMap<String, double[]>();
        values.forEach((symbol, entries) -> byName.put(((Symbol) symbol).name(), entries));
        return Interpreter.evaluate(derivative, byName);
    }

    /** The number of an entry among all variables of the series. */
    private int number(Expression symbol, int entry) {
        return entry + values.keySet().stream().takeWhile(other -> other != symbol)
                .mapToInt(other -> other.shape().size()).sum();
    }

    private void compare(double derivative, DerivativeStructure expected, String description, int... variables) {
        double exact = derivative(expected, variables);
        double scale = Arrays.stream(expected.getAllDerivatives()).map(Math::abs).max().orElse(1);
        assertThat(derivative).as("%s, %s", description, activations).isCloseTo(exact, within(2e-12 * (1 + scale)));
    }

    private static double derivative(DerivativeStructure series, int... variables) {
        int[] orders = new int[series.getFreeParameters()];
        Arrays.stream(variables).forEach(variable -> orders[variable]++);
        return series.getPartialDerivative(orders);
    }
}
