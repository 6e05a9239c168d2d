package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** With a first key nobody does anything without one. */
@TestPropertySource(properties = {"nabla.access.bootstrap-key=" + AccessTest.FIRST,
    "spring.datasource.url=jdbc:h2:mem:access;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class AccessTest extends HttpTest {

    static final String FIRST = "the-first-key-of-this-service-0123456789";

    private static final Pattern BYTES = Pattern.compile("X'([0-9a-f]*)'");

    @Autowired
    private JdbcClient sql;

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
    }

    private JsonNode key(String owner, boolean admin) {
        Answer answer = post("/v1/keys", "{\"owner\": \"%s\", \"admin\": %s}".formatted(owner, admin), bearer(FIRST));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json();
    }

    @Test
    void aStreamOfEventsEndsWithTheKeyOfWhoFollows() {
        JsonNode follower = key("ada", false);
        String[] owner = bearer(key("ada", false).get("key").asString());
        String training = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1}]},
                 "dataset": {"inputs": [[1]], "targets": [[1]]}, "epochs": 10000000}""", owner).header("Location");
        var events = CompletableFuture.supplyAsync(() -> get(training + "/events", bearer(follower.get("key").asString())));
        while (!get("/actuator/prometheus", bearer(FIRST)).response().body().contains("nabla_event_streams 1.0")) {
            assertThat(events).isNotDone();
        }
        send(request("/v1/keys/" + follower.get("id").asString(), bearer(FIRST)).DELETE());
        assertThat(events.join().response().body()).contains("event:progress").doesNotContain("event:finished");
        assertThat(post(training + "/cancel", "", owner).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/networks", "/v1/keys", "/v1/nothing", "/actuator", "/actuator/info", "/actuator/prometheus",
        "/actuator/metrics", "/v1/trainings/13f9547e-7295-4a9a-8c5e-022531cb4d83/events", "/nothing", "/v1//networks/../keys", "/v1/keys/"})
    void nothingIsToldToWhoHasNoKey(String path) {
        for (String[] headers : new String[][] {{}, bearer("nonsense"), bearer("nabla_AAAA"), bearer("a.b.c"),
            bearer(FIRST + "0"), {"Authorization", "Basic " + FIRST}}) {
            Answer answer = get(path, headers);
            if (path.contains("//")) {
                assertThat(answer.status()).isEqualTo(400);
                continue;
            }
            assertThat(answer.status()).as(String.join(" ", headers)).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unauthenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/x", "/v2/models/x/ready", "/v2/models/x/infer", "/v2/nothing"})
    void theInferenceProtocolTellsNothingToWhoHasNoKeyEither(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.json().toString())
                .isEqualTo("{\"error\":\"a request needs a key or a token: Authorization: Bearer KEY\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2", "/v2/health/live", "/v2/health/ready", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness", "/v3/api-docs",
        "/v3/api-docs.yaml", "/swagger-ui/index.html", "/problems", "/problems/not-found"})
    void whatTellsNothingOfAnybodyNeedsNoKey(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).doesNotContain("components\":{\"db");
    }

    @Test
    void aKeyIsShownOnceIsStoredAsAHashAndOpensTheServiceToItsOwnerUntilItIsRevoked() {
        JsonNode created = key("ada", false);
        String key = created.get("key").asString();
        assertThat(created.get("owner").asString()).isEqualTo("ada");
        String id = created.get("id").asString();
        JsonNode found = get("/v1/keys/" + id, bearer(FIRST)).json();
        assertThat(found.has("key")).isFalse();
        assertThat(get("/v1/keys", bearer(FIRST)).response().body()).contains(id).doesNotContain("nabla_");
        assertThat(get("/v1/networks", bearer(key)).status()).isEqualTo(200);
        assertThat(everythingStored()).contains(id).doesNotContain(key, key.substring(30));

        char last = key.charAt(key.length() - 1);
        String other = key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(get("/v1/networks", bearer(other)).status()).isEqualTo(401);
        assertThat(send(request("/v1/keys/" + id, bearer(FIRST)).DELETE()).status()).isEqualTo(204);
        Answer refused = get("/v1/networks", bearer(key));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(send(request("/v1/keys/" + id, bearer(FIRST)).DELETE()).status()).isEqualTo(404);
    }

    /** Everything that the database has, as SQL, bytes as hexadecimal digits and as what they are in ASCII. */
    private String everythingStored() {
        return sql.sql("script").query(String.class).list().stream().map(line -> line + BYTES.matcher(line).results()
                .map(bytes -> new String(HexFormat.of().parseHex(bytes.group(1)), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining())).collect(Collectors.joining("\n"));
    }

    @Test
    void onlyAdministratorsHandleKeysAndSeeWhatIsMeasured() {
        String user = key("bob", false).get("key").asString();
        String admin = key("carol", true).get("key").asString();
        for (String path : new String[] {"/v1/keys", "/v1/keys/" + UUID.randomUUID(), "/actuator/prometheus", "/actuator/info"}) {
            Answer refused = get(path, bearer(user));
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.json().get("type").asString()).isEqualTo("/problems/not-allowed");
            assertThat(get(path, bearer(admin)).status()).as(path).isIn(200, 404);
            assertThat(get(path, bearer(FIRST)).status()).as(path).isIn(200, 404);
        }
        assertThat(post("/v1/keys", "{\"owner\": \"bob\", \"admin\": true}", bearer(user)).status()).isEqualTo(403);
        assertThat(post("/v1/keys", "{\"owner\": \"dan\", \"admin\": false}", bearer(admin)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | /owner", "{\"owner\": \"\"} | /owner", "{\"owner\": \"a b\"} | /owner",
        "{\"owner\": \"é\"} | /owner", "{\"owner\": \"a\", \"admin\": 1} | /admin"})
    void whoCannotOwnAnythingGetsNoKey(String request, String pointer) {
        Answer answer = post("/v1/keys", request, bearer(FIRST));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void everyAnswerSaysWhatABrowserMayDoWithIt() {
        for (Answer answer : List.of(get("/v1/networks"), get("/v1/networks", bearer(FIRST)), get("/swagger-ui/index.html"),
                get("/problems"), get("/actuator/health"))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'",
                    "script-src 'self';");
            assertThat(answer.response().headers().map()).doesNotContainKeys("set-cookie", "pragma", "expires");
        }
    }

    @Test
    void theAnswerWithAKeyIsKeptByNobodyAndGivenAgainToWhoSendsTheSame() {
        String request = "{\"owner\": \"eve\", \"admin\": false}";
        String[] headers = {"Authorization", "Bearer " + FIRST, "Idempotency-Key", UUID.randomUUID().toString()};
        Answer first = post("/v1/keys", request, headers);
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        Answer second = post("/v1/keys", request, headers);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.response().body()).isEqualTo(first.response().body());
        assertThat(second.header("Cache-Control")).isEqualTo("no-store");
        String key = first.json().get("key").asString();
        assertThat(everythingStored()).contains("eve").doesNotContain(key, key.substring(30));
        Answer guessable = post("/v1/keys", request, "Authorization", "Bearer " + FIRST, "Idempotency-Key", "1");
        assertThat(guessable.status()).isEqualTo(422);
        assertThat(guessable.json().at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
    }

    @Test
    void aBodyIsNotReadOfWhoHasNoKey() {
        assertThat(send(request("/v1/networks", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{"))).status()).isEqualTo(401);
    }
}
