package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.rendering.RandomExpressions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalTest {

    private static final double[] POINTS = {Double.NEGATIVE_INFINITY, -1e300, -30, -3, -1.2, -1, -0.75, -0.5, -1e-9, 0, 1e-9, 0.5,
        0.75, 1, 1.2, 3, 30, 1e300, Double.POSITIVE_INFINITY};

    /** Between any two of many points the value at every point is in the range, and one of the ends is nearly met by some. */
    @ParameterizedTest
    @EnumSource
    void rangesOfFunctionsHoldTheirValues(ScalarFunction function) {
        for (int from = 0; from < POINTS.length; from++) {
            for (int to = from; to < POINTS.length; to++) {
                Interval range = function.range(new Interval(POINTS[from], POINTS[to]));
                for (int i = from; i <= to; i++) {
                    double value = function.value(POINTS[i]);
                    if (!Double.isNaN(value)) {
                        assertThat(value).as("%s(%s)", function, POINTS[i]).isBetween(range.low(), range.high());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesOfFunctionsOfTwoHoldTheirValues(BinaryFunction function) {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double[] x = random.doubles(2, -3, 3).sorted().toArray();
            double[] y = random.doubles(2, -3, 3).sorted().toArray();
            Interval range = function.range(new Interval(x[0], x[1]), new Interval(y[0], y[1]));
            double part = random.nextDouble();
            double other = random.nextDouble();
            double value = function.value(x[0] + part * (x[1] - x[0]), y[0] + other * (y[1] - y[0]));
            if (!Double.isNaN(value)) {
                assertThat(value).as("%s, %d", function, i).isBetween(range.low() - 1e-12, range.high() + 1e-12);
            }
        }
    }

    @Test
    void valuesOfRandomExpressionsAreWithin() {
        int bounded = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            var expressions = new RandomExpressions(new Random(seed));
            Expression e = expressions.array(4);
            Map<String, double[]> values = expressions.values();
            List<Interval> entries = Interval.ofEntries(e, _ -> new Interval(-2, 2));
            double[] computed = Interpreter.evaluate(e, values);
            for (int i = 0; i < computed.length; i++) {
                if (!Double.isFinite(computed[i])) {
                    continue;
                }
                double rounding = 1e-9 * Math.max(1e-3, Math.abs(computed[i]));
                assertThat(computed[i]).as("seed %d, entry %d of %s", seed, i, e)
                        .isBetween(entries.get(i).low() - rounding, entries.get(i).high() + rounding);
                bounded += entries.get(i).high() < 1e9 && entries.get(i).low() > -1e9 ? 1 : 0;
            }
        }
        assertThat(bounded).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tanh(x)                                            | -1 | 1
            3 * sin(x) + 1                                     | -2 | 4
            1 / (1 + exp(-5 * x))                              | 0  | 1
            exp(x) / (exp(x) + exp(y))                         | 0  | 1
            (exp([x, y]) / sum(exp([x, y])))[2]                | 0  | 1
            softmax([x, y, 3])[1]                              | 0  | 1
            softmax(x * [1, 2])[2]                             | 0  | 1
            x / (1 + abs(x))                                   | -1 | 1
            6 * x / (1 + abs(x)) / 3                           | -2 | 2
            1e300 * 1e300 * x / (1 + abs(x))                   | -Infinity | Infinity
            (1 + tanh(x)) / 2                                  | 0  | 1
            where(x > y, tanh(x), 2)                           | -1 | 2
            clip(x, -3, 4)                                     | -3 | 4
            exp(-x^2)                                          | 0  | 1
            relu(x)                                            | 0  | Infinity
            x * sin(y)                                         | -Infinity | Infinity
            1 / x                                              | -Infinity | Infinity
            """)
    void rangesAreThoseThatOneSees(String equation, double low, double high) {
        Expression e = Equation.parse(equation, Scope.of(Map.of("x", Arithmetic.perSampleSymbol("x", Shape.SCALAR),
                "y", Arithmetic.perSampleSymbol("y", Shape.SCALAR))));
        assertThat(Interval.ofEntries(e, _ -> Interval.ALL)).containsExactly(new Interval(low, high));
    }
}
