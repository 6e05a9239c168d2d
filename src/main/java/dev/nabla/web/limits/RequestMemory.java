package dev.nabla.web.limits;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.jobs.MemoryMeters;
import dev.nabla.program.OffHeap;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The memory that all requests may hold together: of the heap and of ND4J's what trainings and the service leave. */
@Configuration
class RequestMemory {

    private static final double SHARE = 0.4;

    @Bean
    MemoryBudget memory(RequestLimits limits, MeterRegistry registry) {
        long heap = limits.maxRequestMemory().toBytes();
        var memory = new MemoryBudget("requests", heap > 0 ? heap : (long) (SHARE * Runtime.getRuntime().maxMemory()),
                () -> (long) (SHARE * OffHeap.limit()));
        MemoryMeters.of(memory, "requests", registry);
        return memory;
    }
}
