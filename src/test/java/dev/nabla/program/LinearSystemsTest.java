package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.transpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear systems by each engine, against Hipparchus. */
class LinearSystemsTest {

    private static final int[] BATCHES = {1, 3, 16, 130};

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void solutionsAreThoseOfHipparchus(Engine engine) {
        for (int seed = 0; seed < 240; seed++) {
            var random = new Random(seed);
            int n = 1 + seed % 6;
            int batch = BATCHES[random.nextInt(BATCHES.length)];
            Shape rightShape = random.nextBoolean() ? Shape.of(n) : Shape.of(n, 1 + random.nextInt(4));
            Symbol a = named("A", Shape.of(n, n), random.nextBoolean());
            Symbol b = named("b", rightShape, random.nextBoolean());
            double[][] as = rows(a, batch, random);
            double[][] bs = rows(b, batch, random);
            double[][][] values = evaluate(engine, List.of(solve(a, b), solve(transpose(a), b)),
                    Map.of(a, as, b, bs), batch);
            for (int s = 0; s < batch; s++) {
                RealMatrix matrix = matrix(n, as[s]);
                String description = "seed " + seed + ", sample " + s;
                compare(values[0][s], matrix, matrix(n, bs[s]), description);
                compare(values[1][s], matrix.transpose(), matrix(n, bs[s]), description + ", transposed");
            }
        }
    }

    private static void compare(double[] actual, RealMatrix a, RealMatrix b, String description) {
        RealMatrix x = new LUDecomposition(a).getSolver().solve(b);
        double condition = new LUDecomposition(a).getSolver().getInverse().getNorm1() * a.getNorm1();
        double[] expected = Stream.of(x.getData()).flatMapToDouble(Arrays::stream).toArray();
        assertThat(actual).as(description).containsExactly(expected, within(1e-14 * condition * x.getNorm1() + 1e-14));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void rowsAreExchangedInEachSampleAsItNeeds(Engine engine) {
        Symbol a = named("A", Shape.of(3, 3), true);
        Symbol b = named("b", Shape.of(3), false);
        double[][] permutations = {{0, 1, 0, 0, 0, 1, 1, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 1, 1, 0, 0, 0, 1, 0}};
        double[] right = {1, 2, 3};
        double[][][] values = evaluate(engine, List.of(solve(a, b), solve(transpose(a), b)),
                Map.of(a, permutations, b, new double[][] {right, right, right}), 3);
        assertThat(values[0]).isDeepEqualTo(new double[][] {{3, 1, 2}, {1, 2, 3}, {2, 3, 1}});
        assertThat(values[1]).isDeepEqualTo(new double[][] {{2, 3, 1}, {1, 2, 3}, {3, 1, 2}});
    }

    @ParameterizedTest
    @MethodSource("engines")
    void singularMatricesGiveWhatIsNotFiniteInTheirSampleOnly(Engine engine) {
        Symbol a = named("A", Shape.of(2, 2), true);
        Symbol b = named("b", Shape.of(2), true);
        double[][] matrices = {{1, 2, 2, 4}, {0, 0, 0, 0}, {2, 0, 0, 4}, {0, 0, 0, 1}, {0, 1, 0, 1}, {1, 0, 0, 0}};
        double[][] rights = new double[matrices.length][];
        Arrays.fill(rights, new double[] {1, 2});
        double[][] values = evaluate(engine, List.of(solve(a, b)), Map.of(a, matrices, b, rights), 6)[0];
        for (int s = 0; s < matrices.length; s++) {
            if (s == 2) {
                assertThat(values[s]).containsExactly(0.5, 0.5);
            } else {
                assertThat(Arrays.stream(values[s]).allMatch(Double::isFinite)).as("sample %d", s).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void gradientsOfBatchesAreThoseOfTheInterpreter(Engine engine) {
        var random = new Random(3);
        int batch = 300;
        Symbol a = named("A", Shape.of(4, 4), false);
        Symbol w = named("W", Shape.of(4, 2), false);
        Symbol x = named("x", Shape.of(4), true);
        Expression shifted = sum(a, LinearAlgebra.outerProduct(x, x));
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(power(
                sum(solve(transpose(a), x), LinearAlgebra.entry(transpose(solve(shifted, w)), 1)), 2)));
        List<Expression> outputs = Derivative.gradient(loss, List.of(a, w));
        double[][] as = rows(a, batch, random);
        for (int i = 0; i < 4; i++) {
            as[0][5 * i] += 3;
        }
        Map<Symbol, double[][]> values = Map.of(a, as, w, rows(w, batch, random), x, rows(x, batch, random));
        double[][][] actual = evaluate(engine, outputs, values, batch);
        List<Map<String, double[]>> samples = IntStream.range(0, batch).mapToObj(s -> Map.of("A", as[0], "W",
                values.get(w)[s], "x", values.get(x)[s])).toList();
        for (int i = 0; i < outputs.size(); i++) {
            double[] expected = Interpreter.evaluate(outputs.get(i), samples)[0];
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(actual[i][0]).containsExactly(expected, within(1e-12 * scale));
        }
    }

    @Test
    void aMatrixIsFactorisedOnceForAllThatIsSolvedByItAndItsTranspose() {
        Symbol a = named("A", Shape.of(3, 3), false);
        Symbol x = named("x", Shape.of(3), true);
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(power(solve(a, x), 2)));
        List<Expression> outputs = new ArrayList<>(Derivative.gradient(loss, List.of(a, x)));
        outputs.add(Derivative.of(Derivative.of(solve(a, x), x), LinearAlgebra.entry(a, 0, 1)));
        Program program = Program.compile(outputs, List.of(a, x));
        assertThat(program.schedule().instructions()).filteredOn(Instruction.Factorisation.class::isInstance)
                .singleElement().extracting(Instruction::isPerSample).isEqualTo(false);
        assertThat(program.schedule().instructions()).filteredOn(Instruction.Solve.class::isInstance)
                .hasSizeGreaterThan(2);
    }

    private static Symbol named(String name, Shape shape, boolean perSample) {
        return (Symbol) (perSample ? perSampleSymbol(name, shape) : symbol(name, shape));
    }

    private static double[][] rows(Symbol symbol, int batch, Random random) {
        double[][] rows = new double[batch][];
        for (int s = 0; s < batch; s++) {
            rows[s] = s > 0 && !symbol.isPerSample() ? rows[0]
                    : random.doubles(symbol.shape().size(), -1, 1).toArray();
        }
        return rows;
    }

    private static RealMatrix matrix(int rows, double[] entries) {
        int columns = entries.length / rows;
        var matrix = new Array2DRowRealMatrix(rows, columns);
        for (int e = 0; e < entries.length; e++) {
            matrix.setEntry(e / columns, e % columns, entries[e]);
        }
        return matrix;
    }

    private static double[][][] evaluate(Engine engine, List<Expression> outputs, Map<Symbol, double[][]> values,
            int batch) {
        Map<Symbol, double[]> shared = new HashMap<>();
        Map<Symbol, double[][]> perSample = new HashMap<>();
        values.forEach((symbol, rows) -> {
            if (symbol.isPerSample()) {
                perSample.put(symbol, rows);
            } else {
                shared.put(symbol, rows[0]);
            }
        });
        return Evaluation.of(outputs, List.copyOf(values.keySet()), engine).evaluate(shared, perSample, batch);
    }
}
