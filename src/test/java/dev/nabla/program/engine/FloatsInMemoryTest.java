package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Precision;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import dev.nabla.program.Slot;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients whose values per sample memory holds as floats, beside those of doubles. */
class FloatsInMemoryTest {

    private static final Engine DOUBLES = new KernelEngine();
    private static final Engine SINGLES = new KernelEngine(Precision.SINGLE);

    /** The gradient of the loss of a network, which is the sum over the samples of scale · (z − target)². */
    private static final class Task {

        private final Symbol inputs = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(3));
        private final Symbol scale = (Symbol) Arithmetic.symbol("scale", Shape.SCALAR);
        private final List<Symbol> parameters = new ArrayList<>();
        private final Program program;
        private final SharedValues values;

        Task(SplittableRandom random, ScalarFunction activation, int... widths) {
            Expression below = inputs;
            for (int width : widths) {
                Symbol weights = parameter(Shape.of(width, below.shape().size()));
                Symbol bias = parameter(Shape.of(width));
                Expression sum = Arithmetic.sum(List.of(LinearAlgebra.matrixProduct(weights, below), bias));
                below = width < 3 ? sum : Arithmetic.apply(activation, sum);
            }
            Expression loss = Arithmetic.product(List.of(scale,
                    LinearAlgebra.sampleSum(LinearAlgebra.entrySum(Arithmetic.power(below, 2)))));
            List<Symbol> symbols = new ArrayList<>(parameters);
            symbols.add(scale);
            symbols.add(inputs);
            program = Program.compile(Derivative.gradient(loss, List.copyOf(parameters)), symbols);
            values = new SharedValues(program);
            for (Symbol parameter : parameters) {
                double bound = 2 / Math.sqrt(parameter.shape().dimension(parameter.shape().rank() - 1));
                values.set(parameter, random.doubles(parameter.shape().size(), -bound, bound).toArray());
            }
        }

        private Symbol parameter(Shape shape) {
            Symbol parameter = (Symbol) Arithmetic.symbol("p" + parameters.size(), shape);
            parameters.add(parameter);
            return parameter;
        }

        double[] gradient(Executable executable, double scale, double[] rows) {
            values.set(this.scale, new double[] {scale});
            executable.load(inputs, rows, IntStream.range(0, executable.batch()).toArray(), 0);
            executable.run();
            int size = parameters.stream().mapToInt(parameter -> parameter.shape().size()).sum();
            return values.fromOutput(0, size).toDoubleVector();
        }
    }

    private static void assertClose(double[] found, double[] expected, String of) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).as(of).isLessThanOrEqualTo(1e-4 * largest);
        }
    }

    @Test
    void gradientsHaveTheDigitsOfFloatsWhateverTheirUnit() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (ScalarFunction activation : List.of(ScalarFunction.TANH, ScalarFunction.SIGMOID, ScalarFunction.SWISH, ScalarFunction.RELU)) {
            for (int round = 0; round < 4; round++) {
                int[] widths = IntStream.concat(random.ints(round + 1, 25, 100), IntStream.of(1)).toArray();
                Task task = new Task(random, activation, widths);
                int batch = random.nextInt(30, 300);
                double[] rows = random.doubles(3L * batch, -1, 1).toArray();
                for (double scale : new double[] {1, 1e-25, 1e-33, 1e-60, 1e-250, 1e30, 1e60}) {
                    String of = "%s of %s, %d samples, times %s, seed %d".formatted(activation, Arrays.toString(widths), batch, scale,
                            seed);
                    double[] expected = task.gradient(DOUBLES.prepare(task.values, batch), scale, rows);
                    assertThat(Arrays.stream(expected).anyMatch(entry -> entry != 0)).as(of).isTrue();
                    assertClose(task.gradient(SINGLES.prepare(task.values, batch), scale, rows), expected, of);
                }
            }
        }
    }

    @Test
    void aRunOutOfRangeLeavesNothingToTheNext() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Task task = new Task(random, ScalarFunction.TANH, 64, 40, 1);
        double[] rows = random.doubles(3 * 200, -1, 1).toArray();
        double[] vast = Arrays.stream(rows).map(each -> 1e200 * each).toArray();
        Executable executable = SINGLES.prepare(task.values, 200);
        double[] first = task.gradient(executable, 1, rows);
        double[] ofVast = task.gradient(executable, 1, vast);
        assertClose(ofVast, task.gradient(DOUBLES.prepare(task.values, 200), 1, vast), "seed " + seed);
        assertThat(task.gradient(executable, 1, rows)).as("seed %d", seed).isEqualTo(first);
        assertThat(task.gradient(executable, 1, vast)).as("seed %d", seed).isEqualTo(ofVast);
        assertThat(task.gradient(SINGLES.prepare(task.values, 200), 1, vast)).as("seed %d", seed).isEqualTo(ofVast);
    }

    @Test
    void valuesOfLargeLayersAreFloatsAndNoOthers() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(sizes(new Task(random, ScalarFunction.TANH, 64, 40, 1), 64)).containsOnly(64, 40);
        assertThat(sizes(new Task(random, ScalarFunction.TANH, 64, 31, 40, 1), 64)).isEmpty();
        assertThat(sizes(new Task(random, ScalarFunction.TANH, 64, 64, 1), 24)).isEmpty();
        assertThat(sizes(new Task(random, ScalarFunction.SWISH, 64, 64, 1), 64)).isEmpty();
    }

    /** Of layers that are wide enough for it, and of some that are not. */
    @Test
    void productsInHalvesAreWhatTheyAreWithoutThem() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int[] widths : new int[][] {{256, 256, 1}, {270, 301, 1}, {301, 270, 33, 1}, {513, 40, 1}, {600, 257, 1}, {255, 255, 1}}) {
            Task task = new Task(random, ScalarFunction.TANH, widths);
            for (int batch : new int[] {41, 100, 128, 300}) {
                String of = "%s, %d samples, seed %d".formatted(Arrays.toString(widths), batch, seed);
                double[] rows = random.doubles(3L * batch, -1, 1).toArray();
                double[] expected = task.gradient(new Nd4jEngine().prepare(task.values, batch), 1, rows);
                double[] found = task.gradient(DOUBLES.prepare(task.values, batch), 1, rows);
                double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                assertThat(IntStream.range(0, found.length).mapToDouble(i -> Math.abs(found[i] - expected[i])).max().orElseThrow()).as(of)
                        .isLessThanOrEqualTo(1e-12 * largest);
                assertClose(task.gradient(SINGLES.prepare(task.values, batch), 1, rows), expected, of);
                double[] ofSmall = task.gradient(DOUBLES.prepare(task.values, batch), 1e-60, rows);
                assertClose(task.gradient(SINGLES.prepare(task.values, batch), 1e-60, rows), ofSmall, of);
            }
        }
    }

    /** However many threads there are: a layer of so many units and terms, and samples, with the room for its second half. */
    @ParameterizedTest
    @CsvSource({"256, 256, 64, 16384", "256, 100, 64, 6400", "256, 256, 256, 65536", "256, 256, 257, 0", "255, 255, 255, 0",
            "256, 256, 20, 0", "1024, 1024, 64, 65536"})
    void productsAreInHalvesWhereThreadsShareThem(int terms, int rows, int samples, long scratch) {
        var matrix = new Slot(0, Shape.of(terms, rows), false);
        var vectors = new Slot(1, Shape.of(terms), true);
        var target = new Slot(2, Shape.of(rows), true);
        assertThat(HalvedProduct.scratch(new MatrixProduct(target, matrix, true, vectors, false, Optional.empty()), samples))
                .isEqualTo(scratch);
        assertThat(HalvedProduct.is(new MatrixProduct(target, new Slot(0, Shape.of(rows, terms), false), false, vectors, false,
                Optional.empty()), samples)).isFalse();
    }

    /** As of the last batch of an epoch. */
    @Test
    void anyNumberOfSamplesWillDo() {
        SplittableRandom random = new SplittableRandom(1);
        Task task = new Task(random, ScalarFunction.TANH, 40, 40, 1);
        double[] rows = random.doubles(3 * 2000, -1, 1).toArray();
        for (int batch : new int[] {24, 25, 30, 31, 32, 33, 94, 1561, 1567}) {
            assertClose(task.gradient(SINGLES.prepare(task.values, batch), 1, rows),
                    task.gradient(DOUBLES.prepare(task.values, batch), 1, rows), batch + " samples");
        }
    }

    /** A slope of 1e-50 has no float, and its product with what is before it is no 0. */
    @Test
    void saturatedLayersAreOfDoubles() {
        SplittableRandom random = new SplittableRandom(1);
        Task task = new Task(random, ScalarFunction.TANH, 40, 40, 1);
        double[] rows = random.doubles(3 * 64, -1, 1).toArray();
        double[] bias = new double[40];
        Arrays.fill(bias, 60);
        task.values.set(task.parameters.get(3), bias);
        int first = 40 * 3 + 40;
        double[] expected = Arrays.copyOf(task.gradient(DOUBLES.prepare(task.values, 64), 1, rows), first);
        assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isBetween(1e-60, 1e-45);
        assertClose(Arrays.copyOf(task.gradient(SINGLES.prepare(task.values, 64), 1, rows), first), expected, "bias of 60");
    }

    @Test
    void aBiasThatIsNoFloatIsFound() {
        SplittableRandom random = new SplittableRandom(1);
        Task task = new Task(random, ScalarFunction.TANH, 40, 40, 1);
        double[] rows = random.doubles(3 * 64, -1, 1).toArray();
        double[] bias = new double[40];
        for (double vast : new double[] {1e39, 1e300}) {
            bias[7] = vast;
            task.values.set(task.parameters.get(3), bias);
            assertClose(task.gradient(SINGLES.prepare(task.values, 64), 1, rows),
                    task.gradient(DOUBLES.prepare(task.values, 64), 1, rows), "bias of " + vast);
        }
    }

    private static List<Integer> sizes(Task task, int rowLength) {
        return FloatSlots.of(task.program, rowLength).stream().map(Slot::shape).map(Shape::size).toList();
    }
}
