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
import org.openjdk.jmh.infra.Blackhole;

/** Points per second at which a model answers in batches, on one thread; in ONNX Runtime it is the model that Nabla exports. */
@Fork(1)
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@State(Scope.Thread)
public class InferenceBenchmark {

    /** A multiple of every batch. */
    private static final int POINTS = 8000;

    @Param({"8", "16", "64", "256"})
    int width;

    @Param({"1", "64", "1000"})
    int batch;

    @Param({"OUTPUTS", "JACOBIAN"})
    Quantity quantity;

    @Param({"NABLA_KERNELS", "ONNX_RUNTIME"})
    Answerer framework;

    private Answerer.Model model;

    @Setup
    public void prepare() {
        model = framework.model(new Prediction(width, quantity, batch));
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void point(Blackhole values) {
        for (int done = 0; done < POINTS; done += batch) {
            values.consume(model.answer());
        }
    }

    @TearDown
    public void end() {
        model.close();
    }
}
