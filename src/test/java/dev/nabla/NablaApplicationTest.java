package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, started as it ships but on a database in memory. */
@ServiceInThisProcess
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:application;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
@AutoConfigureRestTestClient
class NablaApplicationTest {

    @Autowired
    private RestTestClient http;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "/actuator/health/liveness, '{\"status\":\"UP\"}'",
        "/actuator/health/readiness, '{\"status\":\"UP\"}'",
        "/actuator/prometheus, jvm_memory_used_bytes",
        "/swagger-ui/index.html, Swagger UI",
        "/v3/api-docs, '\"openapi\":\"3.1.0\"'"
    })
    void whatOperatorsAndReadersNeedIsThere(String path, String content) {
        http.get().uri(path).exchange().expectStatus().isOk()
                .expectBody(String.class).value(body -> assertThat(body).contains(content));
    }

    @Test
    void theHealthCheckOfTheImageAsksTheConfiguredPort() throws Exception {
        assertThat(healthCheck(Map.of("SERVER_PORT", Integer.toString(port)))).isZero();
        assertThat(healthCheck(Map.of("SERVER_PORT", Integer.toString(port), "MANAGEMENT_SERVER_PORT", "1"))).isNotZero();
        assertThat(healthCheck(Map.of("MANAGEMENT_SERVER_PORT", Integer.toString(port)))).isZero();
    }

    private static int healthCheck(Map<String, String> environment) throws IOException, InterruptedException {
        String check = Files.readString(Path.of("Dockerfile")).split("HEALTHCHECK .* CMD ")[1].replace("\\\n", "");
        var builder = new ProcessBuilder(JsonMapper.shared().readValue(check.substring(0, check.indexOf("]\n") + 1), String[].class));
        builder.environment().putAll(environment);
        return builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start().waitFor();
    }

    @Test
    void theAddressOfSwaggerUiLeadsToIt() {
        http.get().uri("/swagger-ui.html").exchange().expectStatus().isFound()
                .expectHeader().location("/swagger-ui/index.html");
    }
}
