package dev.nabla.jobs;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on the trainings of this service.
 *
 * @param maxQueued more are answered with 503 and `Retry-After`
 * @param maxSampleVisits epochs × samples of one training
 * @param maxRunning so many are in memory at a time and share the processors, four for each of these if left out; with 0
 *     this service accepts trainings for others to run
 */
@ConfigurationProperties("nabla.trainings")
public record TrainingLimits(@DefaultValue("1000") int maxQueued, @DefaultValue("10000000000") long maxSampleVisits,
        @Nullable Integer maxRunning) {

    private static final int RUNNING_PER_PROCESSOR = 4;

    public TrainingLimits {
        if (maxRunning != null && maxRunning < 0) {
            throw new IllegalArgumentException("nabla.trainings.max-running must be 0 or more, but is " + maxRunning);
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("nabla.trainings.max-queued must be 0 or more, but is " + maxQueued);
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
