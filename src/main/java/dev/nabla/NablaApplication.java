package dev.nabla;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Symbolic neural networks as a service: starts Nabla's HTTP server. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NablaApplication {

    public static void main(String[] arguments) {
        VectorModule.addIfMissing(arguments);
        SpringApplication.run(NablaApplication.class, arguments);
    }
}
