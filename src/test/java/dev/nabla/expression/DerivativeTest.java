package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.program.RandomNetwork;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Derivatives against central differences of the interpreter's values, and against closed forms. */
class DerivativeTest {

    private static final double STEP = 1e-5;

    @Test
    void firstDerivativesOfRandomNetworks() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 1 + random.nextInt(3));
            Map<String, double[]> values = values(network, random);
            check(network.outputs(), network.inputs(), values, "seed " + seed);
            for (Expression parameter : network.parameters()) {
                check(network.outputs(), parameter, values, "seed " + seed);
            }
            int i = random.nextInt(network.inputs().shape().size());
            check(network.outputs(), LinearAlgebra.entry(network.inputs(), i), values, "seed " + seed);
        }
    }

    @Test
    void secondDerivativesOfRandomNetworks() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 1 + random.nextInt(2));
            Map<String, double[]> values = values(network, random);
            Expression z = LinearAlgebra.entry(network.outputs(), 0);
            check(Derivative.of(network.outputs(), network.inputs()), network.inputs(), values, "seed " + seed);
            Expression gradient = Derivative.of(z, network.inputs());
            check(gradient, network.inputs(), values, "Hessian, seed " + seed);
            Expression byFirst = Derivative.of(z, LinearAlgebra.entry(network.inputs(), 0));
            for (Expression parameter : network.parameters()) {
                check(gradient, parameter, values, "seed " + seed);
                check(byFirst, parameter, values, "seed " + seed);
                check(Derivative.of(z, parameter), LinearAlgebra.entry(network.inputs(), 0), values, "seed " + seed);
            }
        }
    }

    @Test
    void thirdDerivativesNest() {
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 1);
            Expression x = LinearAlgebra.entry(network.inputs(), 0);
            Expression second = Derivative.of(Derivative.of(network.outputs(), x), x);
            check(second, x, values(network, random), "seed " + seed);
            check(second, network.parameters().getFirst(), values(network, random), "seed " + seed);
        }
    }

    @Test
    void derivativesOfRandomExpressions() {
        int checked = 0;
        int singular = 0;
        for (int seed = 0; seed < 1500; seed++) {
            var random = new Random(seed);
            var expressions = new RandomExpressions(random);
            Expression expression = expressions.array(2);
            Map<String, double[]> values = expressions.values();
            for (Expression variable : RandomExpressions.symbols()) {
                if (isSmooth(expression, variable, values)) {
                    if (isFinite(Derivative.of(expression, variable), values)) {
                        check(expression, variable, values, "seed " + seed);
                        checked++;
                    } else {
                        singular++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(3000);
        assertThat(singular).isLessThan(checked / 100);
    }

    /** Not so where the root of 0 is differentiated, or exp overflows in what is multiplied by 0. */
    private static boolean isFinite(Expression expression, Map<String, double[]> values) {
        return Arrays.stream(Interpreter.evaluate(expression, values)).allMatch(Double::isFinite);
    }

    /** Away from kinks and poles the values change little and evenly around the point. */
    private static boolean isSmooth(Expression expression, Expression variable, Map<String, double[]> values) {
        double[] here = Interpreter.evaluate(expression, values);
        for (int j = 0; j < variable.shape().size(); j++) {
            double[] far = Interpreter.evaluate(expression, moved(values, variable, j, 1e-3));
            double[] back = Interpreter.evaluate(expression, moved(values, variable, j, -1e-3));
            double[] slope = slope(expression, variable, values, j, STEP);
            double[] wider = slope(expression, variable, values, j, 10 * STEP);
            for (int i = 0; i < here.length; i++) {
                double bend = Math.abs(far[i] - 2 * here[i] + back[i]);
                if (!(Math.abs(here[i]) < 1e3) || !(Math.abs(far[i] - here[i]) < 0.1) || !(bend < 1e-4)) {
                    return false;
                }
                // Rounding is felt where a large number is added to the variable, as in cos(x + 12345678).
                if (Math.abs(slope[i] - wider[i]) > 5e-7 * (1 + Math.abs(slope[i]))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void whatIsVariedMayBeAFunctionOfWhichThereIsAPower() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression sech = apply(ScalarFunction.SECH, x);
        Expression square = product(constant(3), power(sech, 2));
        assertThat(Derivative.of(square, sech)).isSameAs(product(constant(6), sech));
        assertThat(Derivative.gradient(square, List.of(sech, x)).getFirst()).isSameAs(product(constant(6), sech));
    }

    /** By central differences. */
    private static double[] slope(Expression e, Expression v, Map<String, double[]> values, int j, double step) {
        double[] above = Interpreter.evaluate(e, moved(values, v, j, step));
        double[] below = Interpreter.evaluate(e, moved(values, v, j, -step));
        return IntStream.range(0, above.length).mapToDouble(i -> (above[i] - below[i]) / (2 * step)).toArray();
    }

    @Test
    void forwardAndReverseModeAgree() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 1);
            Expression z = LinearAlgebra.entry(network.outputs(), 0);
            Map<String, double[]> values = values(network, random);
            for (Expression parameter : network.parameters()) {
                double[] reverse = Interpreter.evaluate(Derivative.gradient(z, List.of(parameter)).getFirst(), values);
                for (int j = 0; j < reverse.length; j++) {
                    double forward = Interpreter.scalar(Derivative.of(z,
                            LinearAlgebra.entry(parameter, parameter.shape().index(j))), values);
                    assertThat(forward).as("seed %d", seed).isCloseTo(reverse[j], within(1e-12));
                }
            }
        }
    }

    @Test
    void gradientsOfBatchQuantitiesAreSummedOverSamples() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int batch = new int[] {1, 2, 5}[seed % 3];
            var network = new RandomNetwork(random, 2);
            Expression targets = perSampleSymbol("targets", network.outputs().shape());
            Expression errors = LinearAlgebra.sampleSum(
                    LinearAlgebra.entrySum(power(subtract(network.outputs(), targets), 2)));
            Expression loss = product(apply(ScalarFunction.SQRT, errors),
                    LinearAlgebra.sampleSum(network.parameters().getLast().isScalar() ? network.parameters().getLast()
                            : LinearAlgebra.entrySum(network.parameters().getLast())));
            List<Map<String, double[]>> samples = new ArrayList<>();
            Map<String, double[]> shared = values(network, random);
            for (int s = 0; s < batch; s++) {
                var sample = new HashMap<>(shared);
                sample.put("inputs", random.doubles(network.inputs().shape().size(), -1, 1).toArray());
                sample.put("targets", random.doubles(2, -1, 1).toArray());
                samples.add(sample);
            }
            for (Expression parameter : network.parameters()) {
                double[] gradient = Interpreter.evaluate(
                        Derivative.gradient(loss, List.of(parameter)).getFirst(), samples)[0];
                for (int j = 0; j < gradient.length; j++) {
                    double difference = values(loss, samples, parameter, j, STEP)[0][0]
                            - values(loss, samples, parameter, j, -STEP)[0][0];
                    assertThat(gradient[j]).as("seed %d, batch %d", seed, batch)
                            .isCloseTo(difference / (2 * STEP), within(1e-5 * (1 + Math.abs(gradient[j]))));
                }
            }
        }
    }

    private static double[][] values(Expression e, List<Map<String, double[]>> samples, Expression parameter, int j,
            double step) {
        return Interpreter.evaluate(e, samples.stream().map(sample -> moved(sample, parameter, j, step)).toList());
    }

    /** x Σ f(w, y) over the samples: in each sample x times a sum that depends on w through all of them. */
    @Test
    void perSampleQuantitiesDependOnParametersThroughSumsOverAllSamples() {
        Expression x = perSampleSymbol("x", Shape.SCALAR);
        Expression w = symbol("w", Shape.of(2));
        Expression summand = apply(ScalarFunction.TANH, product(LinearAlgebra.entry(w, 0), x));
        Expression e = product(x, LinearAlgebra.entry(w, 1), LinearAlgebra.sampleSum(summand));
        List<Map<String, double[]>> samples = List.of(
                Map.of("x", new double[] {0.3}, "w", new double[] {0.7, 1.5}),
                Map.of("x", new double[] {-1.1}, "w", new double[] {0.7, 1.5}));
        double[][] derivative = Interpreter.evaluate(Derivative.of(e, w), samples);
        for (int sample = 0; sample < 2; sample++) {
            for (int j = 0; j < 2; j++) {
                double above = values(e, samples, w, j, STEP)[sample][0];
                double below = values(e, samples, w, j, -STEP)[sample][0];
                assertThat(derivative[sample][j]).as("sample %d, entry %d", sample, j)
                        .isCloseTo((above - below) / (2 * STEP), within(1e-8));
            }
        }
    }

    @Test
    void gradientOfTheSeedsNetworkByItsFirstBias() {
        Expression inputs = perSampleSymbol("inputs", Shape.of(2));
        Expression bias = symbol("L1.b", Shape.of(3));
        Expression hidden = layer(layer(inputs, symbol("L1.W", Shape.of(3, 2)), bias),
                symbol("L2.W", Shape.of(3, 3)), symbol("L2.b", Shape.of(3)));
        Expression outputs = layer(hidden, symbol("L3.W", Shape.of(1, 3)), symbol("L3.b", Shape.of(1)));
        Expression z = LinearAlgebra.entry(outputs, 0);
        List<Expression> symbols = Graph.topologicalOrder(List.of(z)).stream()
                .filter(Symbol.class::isInstance).toList();
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var values = new HashMap<String, double[]>();
            symbols.forEach(symbol -> values.put(((Symbol) symbol).name(),
                    random.doubles(symbol.shape().size(), -1, 1).toArray()));
            check(z, bias, values, "seed " + seed);
        }
    }

    private static Expression layer(Expression below, Expression weights, Expression bias) {
        return apply(ScalarFunction.TANH, sum(LinearAlgebra.matrixProduct(weights, below), bias));
    }

    @Test
    void closedForms() {
        Expression w = symbol("W", Shape.of(1, 2));
        Expression b = symbol("b", Shape.of(1));
        Expression x = perSampleSymbol("x", Shape.of(2));
        Map<String, double[]> values =
                Map.of("W", new double[] {1, 0}, "b", new double[] {0}, "x", new double[] {1, 0});
        Expression jacobian = Derivative.of(apply(ScalarFunction.TANH, sum(LinearAlgebra.matrixProduct(w, x), b)), x);
        double byBias = Interpreter.evaluate(Derivative.of(LinearAlgebra.entry(jacobian, 0, 0), b), values)[0];
        double t = Math.tanh(1);
        assertThat(byBias).isCloseTo(-2 * t * (1 - t * t), within(1e-15)).isCloseTo(-0.6397000084492246, within(1e-15));
        Expression withoutBias = Derivative.of(apply(ScalarFunction.TANH, LinearAlgebra.matrixProduct(w, x)), x);
        double[] byWeights = Interpreter.evaluate(Derivative.of(LinearAlgebra.entry(withoutBias, 0, 0), w), values);
        assertThat(byWeights[0]).isCloseTo(-0.219725666835198, within(1e-14));
        assertThat(byWeights[1]).isZero();
    }

    /** It has a minimum there; nothing is divided by 0 on the way. */
    @Test
    void theRootOfWhatIsNowhereNegativeHasNoSlopeWhereItIs0() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression y = symbol("y", Shape.SCALAR);
        Map<String, double[]> origin = Map.of("x", new double[] {0}, "y", new double[] {0});
        for (Expression radicand : List.of(sum(power(x, 2), power(y, 2)), power(subtract(x, y), 2),
                sum(apply(ScalarFunction.ABS, x), power(y, 2)))) {
            assertThat(Interpreter.scalar(Derivative.of(power(radicand, 0.5), x), origin)).isZero();
            assertThat(Interpreter.scalar(Derivative.of(power(radicand, 0.25), y), origin)).isZero();
        }
        Expression withZero = LinearAlgebra.stack(apply(ScalarFunction.EXP, x), constant(0));
        assertThat(Interpreter.evaluate(Derivative.of(power(withZero, 0.5), x), origin)).containsExactly(0.5, 0);
    }

    /** (sech²)′ = −2 tanh sech², not 2 sech (−tanh sech). */
    @Test
    void theDerivativeOfASquaredFunctionIsOneProduct() {
        Expression x = symbol("x", Shape.SCALAR);
        Expression square = power(apply(ScalarFunction.SECH, x), 2);
        Expression expected = product(constant(-2), apply(ScalarFunction.TANH, x), square);
        assertThat(Derivative.of(square, x)).isSameAs(expected);
        assertThat(Derivative.gradient(square, List.of(x)).getFirst()).isSameAs(expected);
    }

    private static Map<String, double[]> values(RandomNetwork network, Random random) {
        var values = new HashMap<String, double[]>();
        values.put("inputs", random.doubles(network.inputs().shape().size(), -1, 1).toArray());
        network.parameters().forEach(parameter -> values.put(((Symbol) parameter).name(),
                random.doubles(parameter.shape().size(), -1, 1).toArray()));
        return values;
    }

    private static void check(Expression e, Expression v, Map<String, double[]> values, String description) {
        Expression derivative = Derivative.of(e, v);
        assertThat(derivative.shape()).as(description).isEqualTo(e.shape().followedBy(v.shape()));
        double[] entries = Interpreter.evaluate(derivative, values);
        int columns = v.shape().size();
        for (int j = 0; j < columns; j++) {
            double[] expected = slope(e, v, values, j, STEP);
            for (int i = 0; i < expected.length; i++) {
                assertThat(entries[i * columns + j]).as("%s: entry %d by entry %d", description, i, j)
                        .isCloseTo(expected[i], within(1e-6 * (1 + Math.abs(expected[i]))));
            }
        }
    }

    private static Map<String, double[]> moved(Map<String, double[]> values, Expression v, int j, double step) {
        Symbol symbol = (Symbol) (v instanceof Expression.Entry entry ? entry.operand() : v);
        int entry = v instanceof Expression.Entry e ? symbol.shape().offset(e.index()) : j;
        var moved = new HashMap<>(values);
        double[] entries = values.get(symbol.name()).clone();
        entries[entry] += step;
        moved.put(symbol.name(), entries);
        return moved;
    }
}
