package dev.nabla.jobs;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What can be read of a budget at any time. */
public final class MemoryMeters {

    private MemoryMeters() {}

    /** @param whose what all who share it are called */
    public static void of(MemoryBudget budget, String whose, MeterRegistry registry) {
        for (Place place : Place.values()) {
            String name = place.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Gauge.builder("nabla.memory.held", budget, all -> all.held(place)).baseUnit("bytes").tag("by", whose).tag("place", name)
                    .description("Memory that is held now, by what is said before it is taken").register(registry);
            Gauge.builder("nabla.memory.limit", budget, all -> all.limit(place)).baseUnit("bytes").tag("by", whose)
                    .tag("place", name).description("Memory that may be held").register(registry);
        }
    }
}
