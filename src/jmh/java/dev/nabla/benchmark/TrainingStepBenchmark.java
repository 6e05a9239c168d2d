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

/** Steps per second: shuffle, gather a batch, loss, gradient, Adam. */
@Fork(1)
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
public class TrainingStepBenchmark {

    /** So many that handing them to a thread costs little next to them; so few that the slowest peer ends in time. */
    private static final int SEED_STEPS = 2048;

    private static final int STEPS = 64;
    private static final int WIDE_STEPS = 16;

    @Benchmark
    @OperationsPerInvocation(SEED_STEPS)
    public void seed(Seed training) {
        training.peer.train(SEED_STEPS);
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void step(Middle training) {
        training.peer.train(STEPS);
    }

    @Benchmark
    @OperationsPerInvocation(WIDE_STEPS)
    public void wide(Wide training) {
        training.peer.train(WIDE_STEPS);
    }

    /** A training under way. */
    @State(Scope.Thread)
    public abstract static class Training {

        @Param
        Framework framework;

        Peer peer;

        @Setup
        public void start() {
            peer = framework.peer(Regression.of(network(), batch(), true));
        }

        @TearDown
        public void stop() {
            peer.close();
        }

        abstract String network();

        abstract int batch();
    }

    public static class Seed extends Training {

        @Param("2-3-3-1")
        String network;

        @Param({"10", "64", "512"})
        int batch;

        @Override
        String network() {
            return network;
        }

        @Override
        int batch() {
            return batch;
        }
    }

    public static class Middle extends Training {

        @Param({"2-16-16-1", "2-64-64-1", "2-256-256-1"})
        String network;

        @Param({"10", "64", "512"})
        int batch;

        @Override
        String network() {
            return network;
        }

        @Override
        int batch() {
            return batch;
        }
    }

    public static class Wide extends Training {

        @Param("2-1024-1024-1")
        String network;

        @Param({"10", "64"})
        int batch;

        @Override
        String network() {
            return network;
        }

        @Override
        int batch() {
            return batch;
        }
    }
}
