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

/** Steps per second where the loss is of derivatives by the inputs: shuffle, gather a batch, gradient, Adam. */
@Fork(1)
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class PhysicsBenchmark {

    private static final int STEPS = 64;

    @Param({"NABLA_KERNELS", "NABLA_ND4J", "PYTORCH_1", "PYTORCH_2"})
    Framework framework;

    @Param
    Physics physics;

    @Param("2-16-16-1")
    String network;

    @Param({"10", "64", "512"})
    int batch;

    private Peer peer;

    @Setup
    public void start() {
        peer = PhysicsTask.of(physics, network, batch, true).peer(framework);
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
