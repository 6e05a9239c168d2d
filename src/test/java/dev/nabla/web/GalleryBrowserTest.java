package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.InstalledTools;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** The gallery: its examples as they stand on the page, and as the programs that it shows. */
class GalleryBrowserTest extends BrowserTest {

    private static final Path EXAMPLES = Path.of("src", "main", "workbench", "screens", "gallery", "examples");
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".json"))
                    .map(file -> file.replace(".json", "")).sorted().toList();
        }
    }

    private static JsonNode example(String name) throws IOException {
        return JSON.readTree(Files.readString(EXAMPLES.resolve(name + ".json")));
    }

    private static String link(String name) {
        return "#/gallery?" + encoded("{\"example\":\"" + name + "\"}");
    }

    @Test
    void everyExampleIsThereAndReachedByKeyboard() throws IOException {
        for (Window window : WINDOWS) {
            open("#/gallery", window);
            element(".cards .katex");
            lookAt("gallery", window);
        }
        List<String> titles = browser().findElements(By.cssSelector(".cards a")).stream().map(WebElement::getText)
                .toList();
        assertThat(titles).hasSameSizeAs(names());
        for (String name : names()) {
            assertThat(titles).contains(example(name).get("title").asString());
        }
        browser().findElement(By.linkText(titles.getLast())).sendKeys(Keys.ENTER);
        awaitText("The same without this page");
        awaitThat(() -> assertThat(element("h2").getText()).isEqualTo(titles.getLast()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void anExampleRunsByOneClickAndALinkShowsItAgain(String name) throws IOException {
        open(link(name), DESK);
        awaitText("The same without this page");
        element("button.primary").click();
        awaitText(" epochs in ", LONG);
        awaitText("Learned and true", LONG);
        JsonNode question = example(name).get("question");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("tbody tr")))
                .hasSize(question.get("equations").size() * question.get("inputs").size()));
        awaitThat(() -> assertThat(element(".outcome .formula .katex")).isNotNull());
        assertThat(columns("Learned and true")).allMatch(this::isSeenUnscrolled);
        assertThat(browser().findElements(By.linkText("Its solution and residual")))
                .hasSize(example(name).at("/training/loss").has("terms") ? 1 : 0);
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".pictures canvas"))).hasSize(2));
        String address = browser().getCurrentUrl();
        assertThat(address).contains("training");
        assertIsTagged(get("/v1/trainings/" + address.replaceFirst(".*training%22%3A%22", "").substring(0, 36)).json());
        for (Window window : name.equals("pendulum") ? WINDOWS : List.of(DESK)) {
            open(address.substring(address.indexOf('#')), window);
            awaitText("Learned and true");
            lookAt("gallery-" + name, window);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theProgramsOfAnExampleFindWhatIsTrue(String name) throws IOException, InterruptedException {
        open(link(name), DESK);
        runPrograms(example(name), Map.of());
        String called = URLEncoder.encode(example(name).at("/training/name").asString(), StandardCharsets.UTF_8);
        JsonNode last = get("/v1/trainings?pageSize=2&tag=gallery&name=" + called).json().get("items");
        assertThat(last).hasSize(2).allSatisfy(this::assertIsTagged);
    }

    /** With its network and all its datasets. */
    private void assertIsTagged(JsonNode training) {
        Stream.concat(Stream.of("/v1/networks/" + training.get("networkId").asString()),
                Stream.concat(Stream.of(training.get("datasetId")), training.findValues("dataset").stream()).filter(JsonNode::isString)
                        .map(id -> "/v1/datasets/" + id.asString()))
                .forEach(path -> assertThat(get(path).json().get("tags")).as(path).hasToString("[\"gallery\"]"));
    }

    @Test
    void programsTakeAKeyFromTheEnvironmentWhereThePageHasOne() throws IOException, InterruptedException {
        String key = post("/v1/keys", "{\"owner\": \"gallery\"}").json().get("key").asString();
        open("#/gallery", DESK);
        browser().executeScript("sessionStorage.setItem('nabla.key', arguments[0])", key);
        open(link("cars"), DESK);
        runPrograms(example("cars"), Map.of("NABLA_KEY", key));
        awaitThat(() -> assertThat(element("pre.program").getDomProperty("textContent"))
                .contains("NABLA_KEY").doesNotContain(key));
    }

    private void runPrograms(JsonNode example, Map<String, String> environment) throws IOException, InterruptedException {
        InstalledTools.require("bash, curl, jq and python3 are", "bash", "-c",
                "jq --version && curl --version && python3 --version");
        awaitText("As Python");
        String curl = element("pre.program").getDomProperty("textContent");
        Path script = Files.writeString(folder.resolve("run.sh"), curl);
        assertFinds(example, run(environment, "bash", "-e", "-o", "pipefail", script.toString()));
        button("As Python").click();
        String python = element("pre.program").getDomProperty("textContent");
        assertThat(python).isNotEqualTo(curl);
        assertFinds(example, run(environment, "python3", Files.writeString(folder.resolve("run.py"), python).toString()));
    }

    private static void assertFinds(JsonNode example, List<String> printed) {
        JsonNode question = example.get("question");
        List<Double> exact = numbers(question.get("exact"));
        assertThat(numbers(JSON.readTree(printed.getFirst()))).hasSameSizeAs(exact)
                .zipSatisfy(exact, (found, expected) -> assertThat(found)
                        .isCloseTo(expected, within(question.get("within").asDouble())));
        boolean moves = example.has("motion");
        assertThat(printed).hasSizeGreaterThanOrEqualTo(moves ? 3 : 2);
        if (moves) {
            List<Double> energies = numbers(JSON.readTree(printed.get(1)));
            assertThat(energies).hasSize(2 * example.get("motion").get("starts").size());
            for (int i = 0; i < energies.size(); i += 2) {
                assertThat(energies.get(i + 1)).isCloseTo(energies.get(i), within(example.get("keeps").asDouble()));
            }
        }
    }

    private List<String> run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor()).as("%s%s", Files.readString(output), Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }

    private static List<Double> numbers(JsonNode node) {
        return node.isNumber() ? List.of(node.asDouble())
                : StreamSupport.stream(node.spliterator(), false).flatMap(entry -> numbers(entry).stream()).toList();
    }
}
