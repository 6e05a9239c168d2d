package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.transpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.Shape;
import dev.nabla.expression.StoppedException;
import dev.nabla.expression.Work;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
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
    void aLargeSystemIsNotGoneOnWithForNobody(Engine engine) {
        Symbol a = named("A", Shape.of(300, 300), true);
        Symbol b = named("b", Shape.of(300), true);
        Executable executable = engine.prepare(new SharedValues(Program.compile(List.of(solve(a, b)), List.of(a, b))), 1);
        executable.run();
        Work.within(Long.MAX_VALUE, executable::run);
        try (var work = new Work(Long.MAX_VALUE, new MemoryBudget("requests", 1 << 20, () -> 1 << 20))) {
            work.stop("the client has gone");
            assertThatThrownBy(() -> work.run(executable::run)).isInstanceOf(StoppedException.class).hasMessage("the client has gone");
        }
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
    void nothingIsSolvedByAMatrixThatIsRegularByRoundingOnly(Engine engine) {
        for (int n = 2; n <= 6; n++) {
            var random = new Random(n);
            double[][] matrices = new double[200][];
            for (int s = 0; s < matrices.length; s++) {
                RealMatrix product = whole(n, n - 1, random).multiply(whole(n - 1, n, random));
                double[] rows = units(n, random);
                double factor = Math.pow(10, 320 * random.nextDouble() - 180);
                matrices[s] = scaled(product, rows, DoubleStream.generate(() -> factor).limit(n).toArray());
            }
            assertNothingIsSolved(engine, n, matrices, "seed " + n);
        }
        for (double x : new double[] {1, 0.3, -7, 1e-200, 1e160}) {
            double[] matrix = IntStream.rangeClosed(1, 9).mapToDouble(entry -> x * entry).toArray();
            assertNothingIsSolved(engine, 3, new double[][] {matrix}, "times " + x);
        }
    }

    private static void assertNothingIsSolved(Engine engine, int n, double[][] matrices, String description) {
        double[][] rights = new double[matrices.length][];
        Arrays.fill(rights, Arrays.copyOf(new double[] {1, 1, 2, -3, 0, 1}, n));
        for (boolean perSample : new boolean[] {true, false}) {
            Symbol a = named("A", Shape.of(n, n), perSample);
            Symbol b = named("b", Shape.of(n), true);
            double[][][] values = evaluate(engine, List.of(solve(a, b), solve(transpose(a), b)),
                    Map.of(a, matrices, b, rights), matrices.length);
            for (int s = 0; s < matrices.length; s++) {
                assertThat(values[0][s]).as("%s, sample %d", description, s).containsOnly(Double.NaN);
                assertThat(values[1][s]).as("%s, sample %d", description, s).containsOnly(Double.NaN);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void unitsOfRowsAndColumnsDoNotMatter(Engine engine) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int batch = 100;
        for (int n = 1; n <= 5; n++) {
            Symbol a = named("A", Shape.of(n, n), true);
            Symbol b = named("b", Shape.of(n), true);
            double[][] as = new double[batch][];
            double[][] bs = new double[batch][n];
            double[][] expected = new double[batch][];
            for (int s = 0; s < batch; s++) {
                RealMatrix matrix = whole(n, n, random);
                for (int i = 0; i < n; i++) {
                    matrix.addToEntry(i, i, 50);
                }
                double[] rows = units(n, random);
                double[] columns = s % 2 == 0 ? units(n, random) : rows;
                as[s] = scaled(matrix, rows, columns);
                double[] right = random.doubles(n, 1, 2).toArray();
                double[] solution = new LUDecomposition(matrix).getSolver().solve(new ArrayRealVector(right)).toArray();
                Arrays.setAll(bs[s], i -> rows[i] * right[i]);
                expected[s] = IntStream.range(0, n).mapToDouble(i -> solution[i] / columns[i]).toArray();
            }
            double[][] actual = evaluate(engine, List.of(solve(a, b)), Map.of(a, as, b, bs), batch)[0];
            for (int s = 0; s < batch; s++) {
                for (int i = 0; i < n; i++) {
                    assertThat(actual[s][i]).as("seed %d, sample %d", seed, s)
                            .isCloseTo(expected[s][i], Percentage.withPercentage(1e-10));
                }
            }
        }
    }

    /** Where rows were chosen by their sizes, the first solution would be lost. */
    @ParameterizedTest
    @MethodSource("engines")
    void badlyScaledSystemsAreSolved(Engine engine) {
        Symbol a = named("A", Shape.of(2, 2), true);
        Symbol b = named("b", Shape.of(2), true);
        double[][] matrices = {{1, 1e20, 1, 1}, {1, 0, 0, 1e-20}, {1e20, 1, 1e20, 2}, {1e-200, 2e-200, 3e-200, 4e-200},
            {1e160, 1, 1, 1e160}};
        double[][] rights = {{1e20, 2}, {1, 2}, {2, 3}, {5, 11}, {1, 2}};
        double[][] values = evaluate(engine, List.of(solve(a, b)), Map.of(a, matrices, b, rights), 5)[0];
        double[][] expected = {{1, 1}, {1, 2e20}, {1e-20, 1}, {1e200, 2e200}, {1e-160, 2e-160}};
        for (int s = 0; s < matrices.length; s++) {
            for (int i = 0; i < 2; i++) {
                assertThat(values[s][i]).as("sample %d", s)
                        .isCloseTo(expected[s][i], Percentage.withPercentage(1e-10));
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

    private static RealMatrix whole(int rows, int columns, Random random) {
        return matrix(rows, random.ints((long) rows * columns, -9, 10).asDoubleStream().toArray());
    }

    private static double[] units(int n, Random random) {
        return random.ints(n, -60, 60).mapToDouble(exponent -> Math.scalb(1.0, exponent)).toArray();
    }

    /** The entries of a matrix, row-major, times the units of its rows and its columns. */
    private static double[] scaled(RealMatrix matrix, double[] rows, double[] columns) {
        int n = rows.length;
        return IntStream.range(0, n * n).mapToDouble(e -> matrix.getEntry(e / n, e % n) * rows[e / n] * columns[e % n])
                .toArray();
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
