package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Allocations;
import dev.nabla.program.Engine;
import dev.nabla.program.EngineContract;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.NumberVector;
import dev.nabla.program.Precision;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class KernelEngineTest extends EngineContract {

    @Override
    protected Engine engine() {
        return new KernelEngine();
    }

    /** With several tiles, with layers of which threads share the rows, and with both. */
    @ParameterizedTest
    @EnumSource
    void theNumberOfThreadsDoesNotShowInTheBits(Precision precision) {
        var one = new KernelEngine(new Team(1), precision);
        for (int[] sizes : new int[][] {{16, 700}, {196, 100}, {200, 64}, {300, 100}, {96, 1000}, {385, 64}}) {
            double[] expected = gradient(one, sizes[0], sizes[1]);
            for (int threads : new int[] {2, 3, 5, 9}) {
                assertThat(gradient(new KernelEngine(new Team(threads), precision), sizes[0], sizes[1]))
                        .as("width %d, batch %d, %d threads", sizes[0], sizes[1], threads).isEqualTo(expected);
            }
        }
    }

    @Test
    void howOftenAProgramHasRunDoesNotShowInTheBits() {
        for (int[] sizes : new int[][] {{3, 1}, {3, 10}, {5, 20}}) {
            double[] expected = gradient(engine(), sizes[0], sizes[1], 1);
            // By then its steps have a class of their own, which is compiled.
            assertThat(gradient(engine(), sizes[0], sizes[1], 500_000)).as("width %d, batch %d", sizes[0], sizes[1]).isEqualTo(expected);
        }
    }

    /** Of the vectors of a kernel that it puts into a step of a class of their own C2 may make objects. */
    @ParameterizedTest
    @EnumSource
    void allocatesNothingHoweverOftenAProgramHasRun(ScalarFunction function) {
        Symbol inputs = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));
        List<Symbol> parameters = IntStream.range(0, 4)
                .mapToObj(i -> (Symbol) Arithmetic.symbol("W" + i, Shape.of(3, i == 0 ? 2 : 3))).toList();
        Expression below = inputs;
        for (Symbol weights : parameters) {
            below = Arithmetic.apply(function, LinearAlgebra.matrixProduct(weights, below));
        }
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(below));
        List<Symbol> symbols = new ArrayList<>(parameters);
        symbols.add(inputs);
        var values = new SharedValues(Program.compile(Derivative.gradient(loss, List.copyOf(parameters)), symbols));
        var random = new Random(7);
        parameters.forEach(each -> values.set(each, random.doubles(each.shape().size(), -1, 1).toArray()));
        Executable executable = engine().prepare(values, 10);
        executable.load(inputs, random.doubles(20, -1, 1).toArray(), IntStream.range(0, 10).toArray(), 0);
        for (int run = 0; run < 500_000; run++) {
            executable.run();
        }
        Allocations.assertNone(10_000, "a run of " + function, executable::run);
        executable.close();
    }

    @Test
    void theNumberOfThreadsDoesNotShowInTheBitsOfAdam() {
        for (Precision precision : Precision.values()) {
            for (int size : new int[] {1, 1000, 70_001}) {
                double[] expected = updated(new KernelEngine(new Team(1), precision), size);
                for (int threads : new int[] {2, 3, 9}) {
                    assertThat(updated(new KernelEngine(new Team(threads), precision), size))
                            .as("%s, %d parameters, %d threads", precision, size, threads).isEqualTo(expected);
                }
            }
        }
    }

    private static double[] updated(Engine engine, int size) {
        var random = new Random(7);
        INDArray[] vectors = IntStream.range(0, 2).mapToObj(_ -> FlatVector.allocate(size)).toArray(INDArray[]::new);
        AdamUpdate adam = engine.adam(new AdamConstants(0.9, 0.999, 1e-8), vectors[0], vectors[1]);
        for (NumberVector vector : List.of(new FlatVector(vectors[0]), new FlatVector(vectors[1]), adam.firstMoment(),
                adam.secondMoment())) {
            vector.set(random.doubles(size).toArray());
        }
        adam.run(0.01, 1);
        adam.run(0.01, 2);
        double[] parameters = vectors[0].toDoubleVector();
        Arrays.stream(vectors).forEach(FlatVector::free);
        return parameters;
    }

    private static double[] gradient(Engine engine, int width, int batch) {
        return gradient(engine, width, batch, 3);
    }

    private static double[] gradient(Engine engine, int width, int batch, int runs) {
        var random = new Random(7);
        Symbol inputs = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));
        Expression below = inputs;
        List<Symbol> parameters = new ArrayList<>();
        for (int units : new int[] {width, width, 1}) {
            Symbol weights = (Symbol) Arithmetic.symbol("W" + parameters.size(), Shape.of(units, below.shape().size()));
            parameters.add(weights);
            below = Arithmetic.apply(ScalarFunction.TANH,
                    LinearAlgebra.matrixProduct(weights, below));
        }
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(Arithmetic.power(below, 2)));
        List<Symbol> symbols = new ArrayList<>(parameters);
        symbols.add(inputs);
        var values = new SharedValues(Program.compile(Derivative.gradient(loss, List.copyOf(parameters)), symbols));
        int size = parameters.stream().mapToInt(parameter -> parameter.shape().size()).sum();
        parameters.forEach(parameter -> values.set(parameter,
                random.doubles(parameter.shape().size(), -1, 1).map(weight -> weight / width).toArray()));
        Executable executable = engine.prepare(values, batch);
        executable.load(inputs, random.doubles(2L * batch, -1, 1).toArray(), IntStream.range(0, batch).toArray(), 0);
        for (int run = 0; run < runs; run++) {
            executable.run();
        }
        return values.fromOutput(0, size).toDoubleVector();
    }
}
