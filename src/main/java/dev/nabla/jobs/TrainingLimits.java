package dev.nabla.jobs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on the trainings of this service.
 *
 * @param maxQueued more are answered with 503 and `Retry-After`
 * @param maxSampleVisits epochs × samples of one training
 */
@ConfigurationProperties("nabla.trainings")
public record TrainingLimits(@DefaultValue("1000") int maxQueued, @DefaultValue("10000000000") long maxSampleVisits) {

    public TrainingLimits {
        if (maxQueued < 0) {
            throw new IllegalArgumentException("nabla.trainings.max-queued must be 0 or more, but is " + maxQueued);
        }
        if (maxSampleVisits < 1) {
            throw new IllegalArgumentException(
                    "nabla.trainings.max-sample-visits must be 1 or more, but is " + maxSampleVisits);
        }
    }
}
