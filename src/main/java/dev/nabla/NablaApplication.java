package dev.nabla;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Symbolic neural networks as a service: starts Nabla's HTTP server. */
@SpringBootApplication
public class NablaApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(NablaApplication.class, arguments);
    }
}
