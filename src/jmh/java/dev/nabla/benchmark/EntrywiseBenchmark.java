package dev.nabla.benchmark;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Numbers per second that a function is applied to, so often in a row that what goes in and out costs little. */
@Fork(1)
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class EntrywiseBenchmark {

    private static final int LENGTH = 16;
    private static final int DEPTH = 64;
    private static final int SAMPLES = 128;
    private static final long SEED = 1;

    @Param({"NABLA_KERNELS", "NABLA_ND4J"})
    Framework framework;

    @Param
    Entrywise function;

    private Evaluation evaluation;
    private Map<Symbol, double[][]> points;

    @Setup
    public void prepare() {
        Symbol x = (Symbol) Arithmetic.perSampleSymbol("x", Shape.of(LENGTH));
        Symbol y = (Symbol) Arithmetic.perSampleSymbol("y", Shape.of(LENGTH));
        Expression z = x;
        for (int i = 0; i < DEPTH; i++) {
            z = function.of(z, y);
        }
        evaluation = Evaluation.of(List.of(z), List.of(x, y),
                framework == Framework.NABLA_KERNELS ? new KernelEngine() : new Nd4jEngine());
        var random = new SplittableRandom(SEED);
        points = Map.of(x, rows(random), y, rows(random));
    }

    private static double[][] rows(SplittableRandom random) {
        return Stream.generate(() -> random.doubles(LENGTH, 0.5, 2).toArray()).limit(SAMPLES).toArray(double[][]::new);
    }

    @Benchmark
    @OperationsPerInvocation(LENGTH * DEPTH * SAMPLES)
    public double[][] entry() {
        return evaluation.evaluate(Map.of(), points, SAMPLES)[0];
    }
}
