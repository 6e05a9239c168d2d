package dev.nabla.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long what is stored stays; for ever, unless set.
 *
 * @param trainings after so long, such as 90d, finished trainings are deleted with their metrics and models
 * @param unused networks and datasets as old as this to which no training refers are deleted
 */
@ConfigurationProperties("nabla.retention")
public record RetentionLimits(@Nullable Duration trainings, @Nullable Duration unused) {

    public RetentionLimits {
        requirePositive("trainings", trainings);
        requirePositive("unused", unused);
    }

    private static void requirePositive(String name, @Nullable Duration time) {
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException("nabla.retention." + name + " must be more than 0, but is " + time);
        }
    }
}
