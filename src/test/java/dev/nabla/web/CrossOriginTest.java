package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** Pages of the origins that the operator names may call the API, and no others. */
@TestPropertySource(properties = {"nabla.cors.allowed-origins=https://lab.example, http://localhost:3000",
    "spring.datasource.url=jdbc:h2:mem:cross-origin;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class CrossOriginTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://lab.example", "http://localhost:3000"})
    void aNamedOriginIsAnsweredAndSeesTheHeadersThatMatter(String origin) {
        Answer answer = get("/v1/networks", "Origin", origin);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("Location", "ETag", "Retry-After", "Preference-Applied");
        assertThat(answer.response().headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void aBrowserIsToldBeforehandWhatANamedOriginMayDo() {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            Answer preflight = preflight("https://lab.example", method);
            assertThat(preflight.status()).isEqualTo(200);
            assertThat(preflight.header("Access-Control-Allow-Methods")).contains(method);
            assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("content-type, prefer");
        }
        assertThat(preflight("https://lab.example", "TRACE").status()).isEqualTo(403);
    }

    @Test
    void anotherOriginIsRefused() {
        assertThat(preflight("https://evil.example", "POST").status()).isEqualTo(403);
        assertThat(post("/v2/models/x/infer", "{}", "Origin", "https://evil.example").status()).isEqualTo(403);
        Answer answer = get("/v1/networks", "Origin", "https://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/origin-not-allowed");
    }

    @Test
    void aNamedOriginCanReadRefusals() {
        for (String path : new String[] {"/v1/networks/x", "/v1/nothing", "/v1/networks?x=1"}) {
            Answer answer = get(path, "Origin", "https://lab.example", "Accept", "nonsense");
            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://lab.example");
        }
    }

    private Answer preflight(String origin, String method) {
        return send(request("/v1/networks", "Origin", origin, "Access-Control-Request-Method", method,
                "Access-Control-Request-Headers", "content-type, prefer")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
