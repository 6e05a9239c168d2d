package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service, started as it ships but on a database in memory. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:application;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
@AutoConfigureRestTestClient
class NablaApplicationTest {

    @Autowired
    private RestTestClient http;

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
    void theAddressOfSwaggerUiLeadsToIt() {
        http.get().uri("/swagger-ui.html").exchange().expectStatus().isFound()
                .expectHeader().location("/swagger-ui/index.html");
    }
}
