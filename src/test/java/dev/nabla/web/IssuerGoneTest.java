package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Tokens cannot be verified while their issuer is not there; that is no fault of who sends one, and keys go on working. */
@TestPropertySource(properties = {"nabla.access.bootstrap-key=" + AccessTest.FIRST,
    "spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1",
    "spring.datasource.url=jdbc:h2:mem:gone;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class IssuerGoneTest extends HttpTest {

    @Test
    void aTokenIsToBeSentAgainLater() {
        Answer answer = get("/v1/networks", "Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unverified");
        assertThat(get("/v1/networks", "Authorization", "Bearer " + AccessTest.FIRST).status()).isEqualTo(200);
    }
}
