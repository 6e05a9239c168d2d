package dev.nabla.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Seconds, and bytes, of what takes longer the larger a problem is; {@link GrowthReport} fits exponents. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class GrowthBenchmark {

    @Param
    Growing growing;

    @Param({"0", "1", "2", "3", "4"})
    int doublings;

    private Growing.Task task;

    /** What JMH reports beside the time. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Memory {
        public long bytes;
        public long operations;
    }

    @Setup
    public void prepare() {
        task = growing.at(growing.size(doublings));
    }

    @Benchmark
    public Object grow(Memory memory) {
        memory.bytes = task.bytes();
        memory.operations = task.operations();
        return task.work().get();
    }
}
