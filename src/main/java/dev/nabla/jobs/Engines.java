package dev.nabla.jobs;

import dev.nabla.program.AutoEngine;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.kernels.Hardware;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The engines by name. Starting the service starts them, so that no request waits for a native library or for the JIT compiler. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Engines implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final Engine kernels = new KernelEngine();
    private final Engine singles = new KernelEngine(Precision.SINGLE);
    private final Engine nd4j = new Nd4jEngine();
    private final Engine auto = new AutoEngine(kernels, nd4j);

    @Override
    public void run(ApplicationArguments arguments) {
        Level level = Hardware.FOUND == Hardware.WIDE ? Level.INFO : Level.WARN;
        LOG.atLevel(level).log("The kernels compute with {}", Hardware.FOUND.reason());
        Nd4jEngine.start();
        WarmUp.run(kernels);
    }

    /** Makes the kernels of single precision as fast as they become, which takes some two seconds, on another thread. */
    public void warmUpInSinglePrecision() {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> WarmUp.inSinglePrecision(singles));
    }

    public Engine named(EngineName name, Precision precision) {
        return switch (precision) {
            case DOUBLE -> named(name);
            case SINGLE -> singles;
        };
    }

    public Engine named(EngineName name) {
        return switch (name) {
            case AUTO -> auto;
            case KERNELS -> kernels;
            case ND4J -> nd4j;
        };
    }

    /** What runs a request that names no engine. */
    public Engine byDefault() {
        return auto;
    }
}
