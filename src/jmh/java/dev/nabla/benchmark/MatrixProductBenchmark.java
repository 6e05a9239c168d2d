package dev.nabla.benchmark;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Products per second of a layer's weights by a batch, and the thousands of millions of operations in them. */
@Fork(1)
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class MatrixProductBenchmark {

    private static final long SEED = 1;

    @Param({"256", "1024"})
    int width;

    @Param({"128", "1000"})
    int batch;

    @Param({"1", "2"})
    int threads;

    @Param
    Multiplier framework;

    private Multiplier.Product product;

    /** JMH says how fast it grows. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Operations {
        public double gigaflops;
    }

    @Setup
    public void prepare() {
        var random = new SplittableRandom(SEED);
        product = framework.product(random.doubles((long) width * width, -1, 1).toArray(),
                random.doubles((long) width * batch, -1, 1).toArray(), width, batch, threads);
    }

    @Benchmark
    public void product(Operations operations) {
        product.compute();
        operations.gigaflops += 2e-9 * width * width * batch;
    }
}
