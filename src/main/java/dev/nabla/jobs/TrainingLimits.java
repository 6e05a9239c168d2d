package dev.nabla.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds on the trainings of this service.
 *
 * @param maxQueued more are answered with 503 and `Retry-After`
 * @param maxSampleVisits epochs × samples of one training
 * @param maxTrials trainings of one sweep, seeds included; none has more than may wait
 * @param maxRunning so many are in memory at a time and share the processors, four for each of these if left out; with 0
 *     this service accepts trainings for others to run
 * @param lease how long after its last sign of life a service's trainings are taken up by others
 * @param maxMemory of the heap what all trainings that are run here hold together; 0 for two fifths of it
 * @param memoryPatience how long those that fit go before one that waits for memory, and then none for as long
 * @param stateInterval how often the state that a training can be taken up from is written, where writing it is quick,
 *     and more often in its first seconds
 */
@ConfigurationProperties("nabla.trainings")
public record TrainingLimits(@DefaultValue("1000") int maxQueued, @DefaultValue("10000000000") long maxSampleVisits,
        @DefaultValue("1000") int maxTrials, @Nullable Integer maxRunning,
        @DefaultValue("10s") Duration lease, @DefaultValue("5s") Duration stateInterval,
        @DefaultValue("0MB") DataSize maxMemory, @DefaultValue("30s") Duration memoryPatience) {

    private static final int RUNNING_PER_PROCESSOR = 4;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    public TrainingLimits {
        if (maxRunning != null && maxRunning < 0) {
            throw new IllegalArgumentException("nabla.trainings.max-running must be 0 or more, but is " + maxRunning);
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("nabla.trainings.lease must be 1s or more, but is " + lease);
        }
        if (stateInterval.isNegative() || stateInterval.isZero()) {
            throw new IllegalArgumentException("nabla.trainings.state-interval must be more than 0, but is " + stateInterval);
        }
        if (maxMemory.isNegative()) {
            throw new IllegalArgumentException("nabla.trainings.max-memory must be 0 or more, but is " + maxMemory);
        }
        if (!memoryPatience.isPositive()) {
            throw new IllegalArgumentException("nabla.trainings.memory-patience must be more than 0, but is " + memoryPatience);
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("nabla.trainings.max-queued must be 0 or more, but is " + maxQueued);
        }
        if (maxTrials < 1) {
            throw new IllegalArgumentException("nabla.trainings.max-trials must be 1 or more, but is " + maxTrials);
        }
        if (maxSampleVisits < 1) {
            throw new IllegalArgumentException(
                    "nabla.trainings.max-sample-visits must be 1 or more, but is " + maxSampleVisits);
        }
    }

    /** How many are in memory at a time. */
    int running() {
        return maxRunning == null ? RUNNING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors() : maxRunning;
    }
}
