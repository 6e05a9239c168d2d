package dev.nabla.jobs;

import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.storage.TrainingLeases;
import dev.nabla.storage.Trainings;
import dev.nabla.training.WarmUp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Runs trainings of a transaction that is rolled back, which nobody else ever sees. */
@Component
public class TrainingRehearsal {

    private static final UUID WORKER = new UUID(0, 0);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final TrainingLeases leases;
    private final TrainingRuns runs;
    private final Engines engines;
    private final TrainingMeters unread;

    TrainingRehearsal(TrainingLeases leases, TrainingRuns runs, Engines engines, Trainings trainings) {
        this.leases = leases;
        this.runs = runs;
        this.engines = engines;
        this.unread = new TrainingMeters(new SimpleMeterRegistry(), trainings);
    }

    /** Runs one in single precision beside this thread, for as long as that takes. */
    public void beginInSinglePrecision() {
        Engine engine = engines.named(EngineName.KERNELS, Precision.SINGLE);
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> WarmUp.inSinglePrecision(engine));
    }

    /** Runs it to its end, on this thread. */
    public void run(UUID training) {
        runs.rehearse(leases.takePosted(training, WORKER, LEASE).orElseThrow(), unread);
    }
}
