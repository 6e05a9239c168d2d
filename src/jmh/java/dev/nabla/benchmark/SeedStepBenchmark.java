package dev.nabla.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps per second of the seed's training, next to the same by hand in C: the trainer alone, with the shuffling of every epoch
 * and without it, as in C. In several forks, as what the JIT compiler decides differs between them.
 */
@Fork(3)
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class SeedStepBenchmark {

    /** So many that handing them to a thread costs little next to them. */
    private static final int STEPS = 1 << 14;

    @Param
    SeedTrainer framework;

    /** Of the 441 samples, which a batch of 512 therefore has all of. */
    @Param({"10", "64", "512"})
    int batch;

    private Peer peer;

    @Setup
    public void start() {
        peer = framework.peer(batch);
    }

    @TearDown
    public void stop() {
        peer.close();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void step() {
        peer.train(STEPS);
    }
}
