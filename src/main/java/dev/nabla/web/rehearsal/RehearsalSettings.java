package dev.nabla.web.rehearsal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the service does before it is ready.
 *
 * @param time how long at most another of 30 rounds of the requests of a first visit is begun before the service is ready, so that
 *     who comes first does not wait longer; none with 0s
 */
@ConfigurationProperties("nabla.rehearsal")
public record RehearsalSettings(@DefaultValue("3s") Duration time) {

    public RehearsalSettings {
        if (time.isNegative()) {
            throw new IllegalArgumentException("nabla.rehearsal.time must be 0 or more, but is " + time);
        }
    }
}
