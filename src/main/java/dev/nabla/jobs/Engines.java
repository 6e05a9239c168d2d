package dev.nabla.jobs;

import dev.nabla.program.AutoEngine;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.kernels.Hardware;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.WarmUp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * The engines by name. They start beside the rest of the service, which is ready when they are, so that no request waits
 * for a native library or for the JIT compiler; whoever asks for one earlier waits.
 */
@Component
public class Engines implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final CompletableFuture<Started> started = CompletableFuture.supplyAsync(Started::now,
            Thread.ofPlatform().name("engines").daemon()::start);

    private record Started(Engine auto, Engine kernels, Engine nd4j) {

        static Started now() {
            Level level = Hardware.FOUND == Hardware.WIDE ? Level.INFO : Level.WARN;
            LOG.atLevel(level).log("The kernels compute with {}", Hardware.FOUND.reason());
            Nd4jEngine.start();
            Engine kernels = new KernelEngine();
            WarmUp.run(kernels);
            Engine nd4j = new Nd4jEngine();
            return new Started(new AutoEngine(kernels, nd4j), kernels, nd4j);
        }

        List<Engine> all() {
            return List.of(auto, kernels, nd4j);
        }
    }

    /** Holds back that the service is ready. */
    @Override
    public void run(ApplicationArguments arguments) {
        started.join();
    }

    public Optional<Engine> named(String name) {
        return started.join().all().stream().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /** What runs a request that names no engine. */
    public Engine byDefault() {
        return started.join().auto();
    }

    public List<String> names() {
        return started.join().all().stream().map(Engine::name).toList();
    }
}
