package dev.nabla.jobs;

import dev.nabla.program.Engine;
import dev.nabla.program.KernelEngine;
import dev.nabla.program.Nd4jEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** The engines by name. Starting the service starts them, so that no request waits for a native library. */
@Component
public class Engines implements ApplicationRunner {

    /** Leaves the choice to the service. */
    public static final String AUTO = "auto";

    /** The one that {@value #AUTO} takes stands first. */
    private final List<Engine> engines = List.of(new KernelEngine(), new Nd4jEngine());

    @Override
    public void run(ApplicationArguments arguments) {
        Nd4jEngine.start();
    }

    public Optional<Engine> named(String name) {
        return name.equals(AUTO) ? Optional.of(engines.getFirst())
                : engines.stream().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /** What evaluations and predictions run on. */
    public Engine forEvaluation() {
        return engines.getFirst();
    }

    public List<String> names() {
        return Stream.concat(Stream.of(AUTO), engines.stream().map(Engine::name)).toList();
    }
}
