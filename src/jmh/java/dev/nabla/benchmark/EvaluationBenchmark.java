package dev.nabla.benchmark;

import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Points per second at which a compiled quantity is computed, as for predictions and evaluations. */
@Fork(1)
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class EvaluationBenchmark {

    @Param({"NABLA_KERNELS", "NABLA_ND4J"})
    Framework framework;

    @Param({"2-16-16-1", "2-64-64-1"})
    String network;

    @Param
    Quantity quantity;

    private Points points;

    @Setup
    public void prepare() {
        points = new Points(network, quantity,
                framework == Framework.NABLA_KERNELS ? new KernelEngine() : new Nd4jEngine());
    }

    @Benchmark
    @OperationsPerInvocation(Points.COUNT)
    public double[][] point() {
        return points.evaluate();
    }
}
