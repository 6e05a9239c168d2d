package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Models are meant by name and version, by name and alias, or by name, wherever a request can name one. */
class AliasesTest extends HttpTest {

    private static JsonNode data(Answer answer) {
        return answer.json().at("/outputs/0/data");
    }

    private String model(String name) {
        Answer answer = post("/v1/trainings", "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"name\": \"" + name
                + "\", \"epochs\": 1}", "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("modelId").asString();
    }

    private Answer alias(String model, String alias, String... headers) {
        return send(request("/v1/models/" + model + "/aliases/" + alias, headers).PUT(BodyPublishers.noBody()));
    }

    private Answer patch(String model, String patch) {
        return send(request("/v1/models/" + model, "Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(patch)));
    }

    private static String path(String reference) {
        return URLEncoder.encode(reference, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void anAliasNamesTheModelWhereverOneIsNamedAndMoves() {
        String name = "bell " + UUID.randomUUID();
        String first = model(name);
        String second = model(name);
        assertThat(get("/v1/models/" + first).json().get("version").asInt()).isEqualTo(1);
        assertThat(get("/v1/models/" + second).json().get("version").asInt()).isEqualTo(2);
        assertThat(get("/v1/models/" + path(name)).json().get("id").asString()).isEqualTo(second);
        for (String champion : List.of(first, second)) {
            assertThat(alias(champion, "champion").json().get("aliases").toString()).isEqualTo("[\"champion\"]");
            requireSame(name + "@champion", champion);
            requireSame(name + "@" + (champion.equals(first) ? 1 : 2), champion);
            String at = "/v2/models/" + path(name);
            String inputs = "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [1, 2]}]}";
            Answer inferred = post(at + "%40champion/infer", inputs);
            assertThat(inferred.json().get("model_name").asString()).isEqualTo(name + "@champion");
            assertThat(inferred.json().get("model_version").asString()).isEqualTo(champion.equals(first) ? "1" : "2");
            assertThat(data(inferred)).isEqualTo(data(post("/v2/models/" + champion + "/infer", inputs)));
            for (String version : List.of("champion", champion.equals(first) ? "1" : "2")) {
                assertThat(data(post(at + "/versions/" + version + "/infer", inputs))).isEqualTo(data(inferred));
                assertThat(get(at + "/versions/" + version + "/ready").status()).isEqualTo(200);
            }
        }
        assertThat(get("/v1/models/" + first).json().get("aliases")).isEmpty();
        assertThat(get("/v2/models/" + path(name)).json().get("versions").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(get("/v2/models/" + path(name) + "/versions/3/ready").status()).isEqualTo(404);
        assertThat(delete("/v1/models/" + first + "/aliases/champion").status()).isEqualTo(404);
        assertThat(delete("/v1/models/" + second + "/aliases/champion").status()).isEqualTo(204);
        assertThat(get("/v1/models/" + path(name + "@champion")).status()).isEqualTo(404);
        assertThat(post("/v1/evaluations", "{\"modelId\": \"" + name + "@champion\", \"equations\": [\"z\"], \"inputs\": [[1, 2]]}")
                .json().at("/errors/0/detail").asString()).isEqualTo("there is no model '" + name + "@champion'");
    }

    /** Whatever is asked of a model is answered the same, by whatever it is called. */
    private void requireSame(String reference, String id) {
        for (String asked : List.of("", "/parameters", "/plot.svg?equation=z&x=x:-1:1&y=y:-1:1&width=300&height=200")) {
            Answer answer = get("/v1/models/" + path(reference) + asked);
            assertThat(answer.status()).as(asked).isEqualTo(200);
            assertThat(answer.response().body()).isEqualTo(get("/v1/models/" + id + asked).response().body());
        }
        for (String asked : List.of("/v1/models/M/predictions {\"inputs\": [[0.25, -1]]}",
                "/v1/models/M/trajectories {\"starts\": [[0.1, 0.2]], \"field\": \"[z, -z]\", \"method\": \"implicit-midpoint\", "
                        + "\"step\": 0.1, \"steps\": 2}",
                "/v1/evaluations {\"modelId\": \"M\", \"equations\": [\"z\"], \"inputs\": [[1, 2]]}",
                "/v1/expressions {\"modelId\": \"M\", \"equations\": [\"z\"], \"substituteParameters\": true}",
                "/v1/bounds {\"modelId\": \"M\", \"equations\": [\"z\"], \"box\": {\"x\": [0, 1], \"y\": [0, 1]}}",
                "/v1/exports {\"modelId\": \"M\", \"equations\": [\"z\"], \"format\": \"c\", \"substituteParameters\": true}")) {
            String path = asked.substring(0, asked.indexOf(' '));
            String body = asked.substring(asked.indexOf(' ') + 1);
            Answer answer = post(path.replace("M", path(reference)), body.replace("M", reference));
            assertThat(answer.status()).as(asked + answer.response().body()).isEqualTo(200);
            assertThat(answer.response().body()).as(asked)
                    .isEqualTo(post(path.replace("M", id), body.replace("M", id)).response().body());
        }
    }

    @Test
    void anAliasIsGivenIfTheModelIsAsItWasSeenAndHoldsItsName() {
        String model = model("held " + UUID.randomUUID());
        String seen = get("/v1/models/" + model).header("ETag");
        assertThat(alias(model, "champion", "If-Match", seen).status()).isEqualTo(200);
        assertThat(alias(model, "other", "If-Match", seen).status()).isEqualTo(412);
        Answer renamed = patch(model, "{\"name\": \"new\"}");
        assertThat(renamed.status()).isEqualTo(409);
        assertThat(renamed.json().get("detail").asString()).contains("champion");
        Answer unnamed = patch(model("gone"), "{\"name\": null}");
        assertThat(unnamed.json().get("version").isNull()).isTrue();
        assertThat(alias(unnamed.json().get("id").asString(), "champion").status()).isEqualTo(409);
        Answer misleading = alias(model(UUID.randomUUID().toString()), "champion");
        assertThat(misleading.status()).isEqualTo(409);
        assertThat(misleading.json().get("detail").asString()).contains("looks like an id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1", "-a", "a%20b", "a.b", "a%40b", "%C3%A9"})
    void whatIsNoAliasIsRefused(String alias) {
        Answer answer = alias(UUID.randomUUID().toString(), alias);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/alias");
    }
}
