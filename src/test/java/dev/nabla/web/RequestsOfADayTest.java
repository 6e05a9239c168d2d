package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A key has its day's requests, however slowly they come. */
@TestPropertySource(properties = {"nabla.access.bootstrap-key=" + AccessTest.FIRST, "nabla.access.requests-per-minute=1000",
    "nabla.access.requests-per-day=5",
    "spring.datasource.url=jdbc:h2:mem:day;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class RequestsOfADayTest extends HttpTest {

    @Test
    void whoHasHadThemIsToldWhenThereIsOneMore() {
        String[] key = {"Authorization", "Bearer " + AccessTest.FIRST};
        for (int i = 0; i < 5; i++) {
            assertThat(get("/v1/networks", key).status()).isEqualTo(200);
        }
        Answer answer = get("/v1/networks", key);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().get("detail").asString()).contains("1000 requests a minute", "5 requests a day");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(16_000, 17_280);
    }
}
