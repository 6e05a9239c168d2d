package dev.nabla.benchmark;

import dev.nabla.NablaApplication;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.Owner;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Seconds from when the first of many trainings is posted until all have ended: one after the other, and side by side. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@State(Scope.Benchmark)
public class ManyTrainingsBenchmark {

    private static final int SIDE = 21;

    /** How many are in memory at a time. */
    public enum Running {

        ONE("--nabla.trainings.max-running=1"),
        AS_SHIPPED("--nabla.trainings.max-running=");

        private final String option;

        Running(String option) {
            this.option = option;
        }
    }

    @Param
    Running running;

    @Param("1000")
    int trainings;

    private Path folder;
    private ConfigurableApplicationContext service;
    private UUID network;
    private UUID dataset;

    @Setup(Level.Trial)
    public void start() throws IOException {
        folder = Files.createTempDirectory("many-trainings");
        service = SpringApplication.run(NablaApplication.class, "--server.port=0", "--NABLA_DATA=" + folder,
                "--nabla.trainings.max-queued=" + trainings, running.option);
        Owner.LOCAL.run(() -> {
            network = service.getBean(Networks.class).insert(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                    List.of(DenseLayer.of(3, Activation.TANH), DenseLayer.of(3, Activation.TANH), DenseLayer.of(1, Activation.TANH)))).id();
            dataset = service.getBean(Datasets.class).insert(grid()).id();
        });
    }

    /** The seed's: exp(−x² − y²) on [−1, 1]². */
    private static Samples grid() {
        double[] inputs = new double[2 * SIDE * SIDE];
        double[] targets = new double[SIDE * SIDE];
        for (int i = 0; i < targets.length; i++) {
            double x = -1 + 0.1 * (i % SIDE);
            double y = -1 + 0.1 * (i / SIDE);
            inputs[2 * i] = x;
            inputs[2 * i + 1] = y;
            targets[i] = Math.exp(-x * x - y * y);
        }
        return new Samples(List.of("x", "y"), List.of("z"), inputs, targets);
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        service.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Benchmark
    public void seeds() throws InterruptedException {
        List<UUID> posted = Owner.LOCAL.call(() -> LongStream.rangeClosed(1, trainings).mapToObj(this::post).toList());
        for (UUID training : posted) {
            while (!state(training).isFinished()) {
                Thread.sleep(50);
            }
            if (state(training) != TrainingState.SUCCEEDED) {
                throw new IllegalStateException("a training ended as " + state(training).text());
            }
        }
    }

    private UUID post(long seed) {
        return service.getBean(TrainingQueue.class).submit(network, Optional.of(dataset), Labels.NONE,
                new TrainingSettings(Loss.RELATIVE_L2, 1000, 10, true, seed, AdamSettings.DEFAULT), "auto", 5, Beginning.DRAWN, Duration.ZERO);
    }

    private TrainingState state(UUID training) {
        return Owner.LOCAL.call(() -> service.getBean(Trainings.class).find(training).orElseThrow().state());
    }
}
