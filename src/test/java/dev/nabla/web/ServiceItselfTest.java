package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the service tells of itself. */
class ServiceItselfTest extends HttpTest {

    @Test
    void theVersionAndTheCommitAreKnown() throws Exception {
        JsonNode info = get("/actuator/info").json();
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + info.at("/build/version").asString()
                + "</version>\n  <name>");
        // A build without a repository has no commit.
        assertThat(info.at("/git/commit/id").asString("")).matches(Files.exists(Path.of(".git")) ? "[0-9a-f]{7}" : "");
    }

    @Test
    void noOtherOriginMayCallItUnlessThePropertySaysSo() {
        assertThat(get("/v1/networks", "Origin", "https://lab.example").header("Access-Control-Allow-Origin")).isEmpty();
        Answer preflight = send(request("/v1/networks", "Origin", "https://lab.example", "Access-Control-Request-Method",
                "POST").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.response().headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void noOtherOriginChangesAnythingByARequestThatABrowserSendsWithoutAsking() {
        String network = "{\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}";
        assertThat(post("/v1/networks", network, "Origin", "https://evil.example").status()).isEqualTo(403);
        assertThat(post("/v1/networks", network, "Origin", "https://own.example", "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "own.example").status()).isEqualTo(201);
    }

    @Test
    void swaggerUiShowsTheResourcesInTheOrderOfWork() {
        JsonNode document = get("/v3/api-docs").json();
        List<String> tags = new ArrayList<>();
        document.get("tags").forEach(tag -> {
            tags.add(tag.get("name").asString());
            assertThat(tag.get("description").asString()).isNotEmpty();
        });
        assertThat(tags).isEqualTo(TagOrder.NAMES);
        document.get("paths").forEach(path -> path.forEach(operation -> operation.get("tags")
                .forEach(tag -> assertThat(tag.asString()).isIn(TagOrder.NAMES))));
        assertThat(document.at("/paths/~1v1~1models~1{id}~1trajectories/post/tags").toString())
                .isEqualTo("[\"Trajectories\"]");
    }
}
