package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an engine promises: the interpreter's results. */
public abstract class EngineContract {

    private static final int[] BATCHES = {1, 2, 3, 10, 17, 64, 130, 300};
    private static final Expression TARGETS = perSampleSymbol("targets", Shape.of(2));

    private Engine engine;

    protected abstract Engine engine();

    @BeforeEach
    void chooseTheEngine() {
        engine = engine();
    }

    @Test
    void saysWhetherAllEntriesAreFinite() {
        for (int size : new int[] {1, 7, 8, 1000, 70_000}) {
            INDArray vector = FlatVector.allocate(size);
            var entries = new FlatVector(vector);
            BooleanSupplier isFinite = engine.finite(vector);
            assertThat(isFinite.getAsBoolean()).isTrue();
            for (int i : new int[] {0, size / 3, size / 2, size - 1}) {
                for (double each : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    entries.set(i, each);
                    assertThat(isFinite.getAsBoolean()).as("%s at %d of %d", each, i, size).isFalse();
                    entries.set(i, -Double.MAX_VALUE);
                    assertThat(isFinite.getAsBoolean()).as("%d of %d", i, size).isTrue();
                }
            }
            FlatVector.free(vector);
        }
    }

    @Test
    void computesRandomExpressions() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var expressions = new RandomExpressions(random);
            List<Expression> outputs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outputs.add(expressions.array(2));
            }
            check(outputs, RandomExpressions.symbols(), random, "seed " + seed);
        }
    }

    @Test
    void computesBatchLossesAndTheirGradients() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 2);
            Expression squares = LinearAlgebra.entrySum(power(subtract(network.outputs(), TARGETS), 2));
            Expression loss = Arithmetic.apply(ScalarFunction.SQRT, LinearAlgebra.sampleSum(squares));
            List<Expression> outputs = new ArrayList<>(List.of(loss));
            outputs.addAll(Derivative.gradient(loss, network.parameters()));
            List<Expression> symbols = new ArrayList<>(network.parameters());
            symbols.addAll(List.of(network.inputs(), TARGETS));
            check(outputs, symbols, random, "seed " + seed);
        }
    }

    @Test
    void computesJacobiansAndHessiansAndTheirGradients() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 2);
            Expression z = LinearAlgebra.entry(network.outputs(), 0);
            Expression jacobian = Derivative.of(network.outputs(), network.inputs());
            Expression hessian = Derivative.of(Derivative.of(z, network.inputs()), network.inputs());
            List<Expression> outputs = new ArrayList<>(List.of(jacobian, hessian));
            outputs.addAll(Derivative.gradient(LinearAlgebra.sampleSum(LinearAlgebra.entrySum(power(hessian, 2))),
                    network.parameters()));
            List<Expression> symbols = new ArrayList<>(network.parameters());
            symbols.add(network.inputs());
            check(outputs, symbols, random, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void computesEveryFunctionToRounding(ScalarFunction function) {
        Expression x = perSampleSymbol("x", Shape.SCALAR);
        double[] points = {0, -0.0, 1e-300, 2.6e-17, 1e-8, 0.1, -0.5, 0.7, 1, -2, 3.5, 20, -21.8, 40, -40, 709, -711, 800,
            -800};
        var evaluation = Evaluation.of(List.of(Arithmetic.apply(function, x)), List.of((Symbol) x), engine);
        double[][] values = evaluation.evaluate(Map.of(), Map.of((Symbol) x,
                Arrays.stream(points).mapToObj(p -> new double[] {p}).toArray(double[][]::new)), points.length)[0];
        for (int i = 0; i < points.length; i++) {
            double expected = function.value(points[i]);
            if (Double.isFinite(expected)) {
                assertThat(values[i][0]).as("%s(%s)", function, points[i])
                        .isCloseTo(expected, within(1e-15 * Math.abs(expected)));
            } else {
                assertThat(Double.valueOf(values[i][0])).as("%s(%s)", function, points[i])
                        .isEqualTo(Double.valueOf(expected));
            }
        }
    }

    @Test
    void outputsMayBeSymbolsConstantsAndTwiceTheSame() {
        Expression x = perSampleSymbol("inputs", Shape.of(3));
        Expression w = RandomExpressions.symbols().get(1);
        Expression y = LinearAlgebra.matrixProduct(w, x);
        check(List.of(y, x, y, w, Arithmetic.constant(7, Shape.of(2, 2)), w), RandomExpressions.symbols(),
                new Random(1), "");
    }

    @Test
    void manySamplesAreComputedInBatches() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 3);
            List<Expression> symbols = new ArrayList<>(network.parameters());
            symbols.add(network.inputs());
            check(List.of(network.outputs(), LinearAlgebra.stack(network.parameters().getLast(), network.outputs())),
                    symbols, random, "seed " + seed, 2500);
            System.gc();
        }
    }

    @Test
    void sumsOverMoreSamplesThanAreComputedAtOnceAreRefused() {
        Symbol x = (Symbol) perSampleSymbol("x", Shape.SCALAR);
        var evaluation = Evaluation.of(List.of(LinearAlgebra.sampleSum(x)), List.of(x), engine);
        assertThat(evaluation.evaluate(Map.of(), Map.of(x, ones(1000)), 1000)[0][999]).containsExactly(1000);
        assertThatThrownBy(() -> evaluation.evaluate(Map.of(), Map.of(x, ones(1025)), 1025))
                .isInstanceOf(WorkLimitException.class).hasMessageContaining("sums over 1025 samples");
    }

    private static double[][] ones(int count) {
        return IntStream.range(0, count).mapToObj(_ -> new double[] {1}).toArray(double[][]::new);
    }

    private void check(List<Expression> outputs, List<Expression> symbols, Random random, String description) {
        check(outputs, symbols, random, description, BATCHES[random.nextInt(BATCHES.length)]);
    }

    private void check(List<Expression> outputs, List<Expression> symbols, Random random, String description,
            int batch) {
        List<Map<String, double[]>> samples = new ArrayList<>();
        Map<Symbol, double[]> shared = new LinkedHashMap<>();
        Map<Symbol, double[][]> perSample = new LinkedHashMap<>();
        for (int s = 0; s < batch; s++) {
            samples.add(new LinkedHashMap<>());
        }
        for (Expression expression : symbols) {
            Symbol symbol = (Symbol) expression;
            double[][] rows = new double[batch][];
            for (int s = 0; s < batch; s++) {
                rows[s] = s > 0 && !symbol.isPerSample() ? rows[0]
                        : random.doubles(symbol.shape().size(), -2, 2).toArray();
                samples.get(s).put(symbol.name(), rows[s]);
            }
            if (symbol.isPerSample()) {
                perSample.put(symbol, rows);
            } else {
                shared.put(symbol, rows[0]);
            }
        }
        double[][][] values = Evaluation.of(outputs, symbols.stream().map(Symbol.class::cast).toList(), engine)
                .evaluate(shared, perSample, batch);
        for (int i = 0; i < outputs.size(); i++) {
            double[][] expected = Interpreter.evaluate(outputs.get(i), samples);
            for (int s = 0; s < batch; s++) {
                assertClose(values[i][s], expected[s], description + ", batch " + batch + ", output " + i + ", sample "
                        + s);
            }
        }
    }

    private static void assertClose(double[] actual, double[] expected, String description) {
        assertThat(actual).as(description).hasSameSizeAs(expected);
        double scale = Arrays.stream(expected).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        for (int e = 0; e < actual.length; e++) {
            if (Double.isFinite(expected[e])) {
                assertThat(actual[e]).as("%s, entry %d", description, e)
                        .isCloseTo(expected[e], within(1e-11 * scale + 1e-13));
            } else {
                assertThat(Double.isFinite(actual[e])).as("%s, entry %d", description, e).isFalse();
            }
        }
    }
}
