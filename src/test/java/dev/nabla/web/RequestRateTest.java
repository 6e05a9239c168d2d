package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** One key cannot ask for everything at once, and costs others nothing. */
@TestPropertySource(properties = {"nabla.access.bootstrap-key=" + AccessTest.FIRST, "nabla.access.requests-per-minute=20",
    "spring.datasource.url=jdbc:h2:mem:rate;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class RequestRateTest extends HttpTest {

    @Test
    void whoAsksTooOftenIsToldWhenToAskAgain() {
        String[] first = {"Authorization", "Bearer " + AccessTest.FIRST};
        String key = post("/v1/keys", "{\"owner\": \"ada\"}", first).json().get("key").asString();
        String other = post("/v1/keys", "{\"owner\": \"ada\"}", first).json().get("key").asString();
        Answer answer = get("/v1/networks", "Authorization", "Bearer " + key);
        int accepted = 0;
        // As many as may, and the few that are added meanwhile.
        while (answer.status() == 200 && accepted < 1000) {
            accepted++;
            answer = get("/v1/networks", "Authorization", "Bearer " + key);
        }
        assertThat(accepted).isBetween(20, 999);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/too-many-requests");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 3);
        assertThat(get("/v1/networks", "Authorization", "Bearer " + other).status()).isEqualTo(200);
        for (String path : List.of("/", "/actuator/health/liveness", "/problems/too-many-requests")) {
            assertThat(get(path).status()).isEqualTo(200);
            assertThat(get(path, "Authorization", "Bearer " + key).status()).as("public, though with the key").isEqualTo(200);
        }
    }
}
