package dev.nabla.jobs;

import dev.nabla.program.AutoEngine;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.kernels.Hardware;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.WarmUp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** The engines by name. Starting the service starts them, so that no request waits for a native library or for the JIT compiler. */
@Component
public class Engines implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final Engine kernels = new KernelEngine();
    private final Engine nd4j = new Nd4jEngine();
    private final Engine auto = new AutoEngine(kernels, nd4j);

    @Override
    public void run(ApplicationArguments arguments) {
        Level level = Hardware.FOUND == Hardware.WIDE ? Level.INFO : Level.WARN;
        LOG.atLevel(level).log("The kernels compute with {}", Hardware.FOUND.reason());
        Nd4jEngine.start();
        WarmUp.run(kernels);
    }

    public Optional<Engine> named(String name) {
        return all().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /** What runs a request that names no engine. */
    public Engine byDefault() {
        return auto;
    }

    public List<String> names() {
        return all().map(Engine::name).toList();
    }

    private Stream<Engine> all() {
        return Stream.of(auto, kernels, nd4j);
    }
}
