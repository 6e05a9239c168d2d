package dev.nabla.jobs;

import dev.nabla.storage.TrainingLeases;
import dev.nabla.storage.Trainings;
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
    private final TrainingMeters unread;

    TrainingRehearsal(TrainingLeases leases, TrainingRuns runs, Trainings trainings) {
        this.leases = leases;
        this.runs = runs;
        this.unread = new TrainingMeters(new SimpleMeterRegistry(), trainings);
    }

    /** Runs it to its end, on this thread. */
    public void run(UUID training) {
        runs.rehearse(leases.takePosted(training, WORKER, LEASE).orElseThrow(), unread);
    }
}
