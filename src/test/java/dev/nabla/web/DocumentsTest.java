package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.DocumentationTest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents as pages of the service: every link of every page leads to something, to its very place. */
class DocumentsTest extends HttpTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final String HTML = "text/html";

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws IOException {
        Map<String, Answer> pages = new LinkedHashMap<>();
        var wrong = new ArrayDeque<String>();
        var open = new ArrayDeque<>(List.of("/docs/", "/problems"));
        while (!open.isEmpty()) {
            String path = open.poll();
            if (pages.containsKey(path)) {
                continue;
            }
            Answer page = get(path);
            pages.put(path, page);
            if (page.status() != 200) {
                wrong.add(path + ": " + page.status());
            } else if (path.startsWith("/docs/") || path.startsWith("/problems")) {
                links(path, page).filter(link -> !link.getPath().isEmpty()).forEach(link -> open.add(link.getPath()));
            }
        }
        pages.forEach((path, page) -> links(path, page).filter(link -> link.getFragment() != null && !link.getPath().equals("/"))
                .filter(link -> !pages.get(link.getPath()).response().body().contains(" id=\"" + link.getFragment() + "\""))
                .forEach(link -> wrong.add(path + " to " + link)));
        assertThat(wrong).isEmpty();
        assertThat(pages.keySet().stream().filter(path -> path.endsWith(".html") || path.equals("/docs/")))
                .as("all documents, the index at /docs/ and by its name").hasSize(DocumentationTest.documents().size() + 1);
        assertThat(pages).containsKeys("/docs/images/first-screen.png", "/docs/tutorials/csv.html", "/docs/tables/cars.csv", "/problems/not-found");
    }

    /** Those of a page of this service to itself, with their paths from the top. */
    private static Stream<URI> links(String path, Answer page) {
        return !page.header("Content-Type").startsWith(HTML) ? Stream.empty()
                : LINK.matcher(page.response().body()).results().map(link -> URI.create(path).resolve(link.group(1)))
                        .filter(link -> link.getHost() == null && link.getPath() != null);
    }

    @Test
    void aDocumentIsReadableWithoutItsLinksToTheSources() {
        Answer page = get("/docs/architecture.html");
        assertThat(page.header("Content-Type")).startsWith(HTML);
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(page.response().body()).contains("<h2 id=\"the-symbolic-core\">The symbolic core</h2>", "Expression is one sealed",
                "<a href=\"/docs/operations.html\">operations.md</a>").doesNotContain("href=\"..", "{{");
        assertThat(get("/docs/operations.html").response().body()).contains("<td>", "<pre tabindex=\"0\"><code class=\"language-sh\">");
        assertThat(get("/docs").header("Location")).endsWith("/docs/");
        Answer nothing = get("/docs/nothing.html", "Accept", "text/html,*/*;q=0.8");
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.header("Content-Type")).startsWith(HTML);
        assertThat(nothing.response().body()).contains("There is nothing at /docs/nothing.html.", "<a href=\"/docs/\">");
        assertThat(get("/docs/nothing.html").header("Content-Type")).startsWith("application/problem+json");
    }
}
