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

/** Training steps per second of a network written as layers, and as a part of a model of equations. */
@Fork(1)
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class PartsBenchmark {

    private static final int STEPS = 1024;

    @Param("NABLA_KERNELS")
    Framework framework;

    @Param
    Form form;

    @Param({"2-3-3-1", "2-16-16-1"})
    String network;

    @Param({"10", "64"})
    int batch;

    private Peer peer;

    @Setup
    public void start() {
        peer = framework.peer(Regression.of(form.network(network), batch, true));
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
