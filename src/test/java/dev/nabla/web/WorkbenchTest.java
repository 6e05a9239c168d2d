package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The page at / and what it loads, as a browser gets it. */
class WorkbenchTest extends HttpTest {

    private static final Path STATIC = Path.of("target", "classes", "static");
    private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/workbench/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*)[\"']([^\"'\\s]+)[\"']");

    @Test
    void thePageIsAskedForAnewAndWhatItLoadsIsKeptForEver() {
        Answer page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        List<String> loaded = LOADED.matcher(page.response().body()).results().map(found -> found.group(1)).toList();
        assertThat(loaded).hasSizeGreaterThan(10).allMatch(path -> path.matches("/workbench/[0-9a-f]{16}/.*"));
        for (String path : loaded) {
            Answer answer = get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
            if (path.endsWith("js")) {
                assertThat(answer.header("Content-Type")).startsWith("text/javascript");
            }
        }
        assertThat(get("/workbench/0123456789abcdef/main.js").status()).isEqualTo(404);
    }

    @Test
    void onlySwaggerUiMayHaveStylesInItsElementsAndNobodyRunsTexts() {
        for (String path : List.of("/", "/workbench/none", "/v1/networks", "/problems")) {
            assertThat(get(path).header("Content-Security-Policy")).as(path)
                    .contains("script-src 'self';", "style-src 'self';").doesNotContain("unsafe");
        }
        assertThat(get("/swagger-ui/index.html").header("Content-Security-Policy"))
                .contains("script-src 'self';", "style-src 'self' 'unsafe-inline';").doesNotContain("eval");
    }

    @Test
    void everyImportLeadsToAModuleThatIsThere() throws IOException {
        for (Path script : files(".*js")) {
            if (script.endsWith("echarts.esm.min.js")) {
                continue;
            }
            IMPORTED.matcher(Files.readString(script)).results().map(found -> found.group(1)).forEach(specifier ->
                    assertThat(script.resolveSibling(specifier)).as("%s imports %s", script, specifier).exists());
        }
    }

    /** What a browser may load but for the library of charts: all fonts of KaTeX, too, though it loads few. */
    @Test
    void allButTheChartsWeighsLessThan500Kilobytes() throws IOException {
        long weight = 0;
        for (Path file : files(".*")) {
            weight += file.toString().contains("echarts") ? 0 : compressed(file);
        }
        assertThat(weight).isBetween(100_000L, 500_000L);
    }

    private static long compressed(Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            Files.copy(file, gzip);
        }
        return Math.min(bytes.size(), Files.size(file));
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(STATIC.resolve("workbench"))) {
            List<Path> found = files.filter(Files::isRegularFile).filter(file -> file.toString().matches(name)).toList();
            assertThat(found).hasSizeGreaterThan(20);
            return found;
        }
    }
}
