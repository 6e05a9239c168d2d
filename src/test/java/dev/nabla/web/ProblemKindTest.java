package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.web.problems.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of problem has a page where its type says, and a part of docs/problems.md. */
class ProblemKindTest extends HttpTest {

    private static final Path PAGE = Path.of("docs", "problems.md");

    @ParameterizedTest
    @EnumSource
    void theTypeOfAProblemLeadsToItsPage(ProblemKind kind) {
        Answer page = get(kind.type().toString(), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.response().body()).contains("<h1>" + kind.title() + "</h1>", "Status " + kind.status().value(),
                kind.meaning().substring(0, 20));
        assertThat(get("/problems").response().body()).contains("<a href=\"" + kind.type() + "\">" + kind.title() + "</a>");
    }

    @Test
    void aKindThatThereIsNotIsNotFound() {
        Answer answer = get("/problems/nonsense");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("type").asString()).isEqualTo(ProblemKind.NOT_FOUND.type().toString());
    }

    /** {@code ./mvnw test -Dtest=ProblemKindTest -Dproblems.write=true} writes the page anew. */
    @Test
    void theCheckedInPageTellsOfAllKinds() throws IOException {
        String page = "# Problems\n\nErrors are problem documents (RFC 9457). Their `type` is a path of the service itself, "
                + "under which it tells what\nstands here.\n" + Arrays.stream(ProblemKind.values()).map(ProblemKindTest::section)
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("problems.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("write docs/problems.md anew with -Dproblems.write=true").isEqualTo(page);
    }

    private static String section(ProblemKind kind) {
        return "\n## " + kind.title() + "\n\n`" + kind.type() + "`, status " + kind.status().value() + "\n\n" + kind.meaning()
                + "\n";
    }

    @Test
    void problemsOfOneStatusAreToldApart() {
        assertThat(post("/v1/expressions", """
                {"modelId": "13f9547e-7295-4a9a-8c5e-022531cb4d83", "equations": ["x"]}""").json().get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(post("/v1/networks", "{").json().get("type").asString()).isEqualTo("/problems/malformed-request");
        assertThat(post("/v1/networks", "{}").json().get("type").asString()).isEqualTo("/problems/invalid-request");
        assertThat(post("/problems/not-found", "{}").json().get("type").asString())
                .isEqualTo("/problems/method-not-allowed");
    }
}
