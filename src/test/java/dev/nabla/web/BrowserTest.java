package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.InstalledTools;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;

/**
 * The workbench in Chromium, in the shell that has no window and nothing that belongs to one, which takes less time. Where that
 * or its driver is missing the tests are aborted; in continuous integration (CI=true) they fail. Every test ends by looking whether
 * the browser has told an error, such as of what the Content-Security-Policy forbids.
 */
@Tag("browser")
abstract class BrowserTest extends HttpTest {

    /** Of a training of the example that README begins with, without its end. */
    static final String SEED = "\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"seed\": 1";

    /** Debian's command of this name is a script, whose end would leave the browser behind. */
    private static final Path SHELL = Path.of("/usr/lib/chromium/chromium-headless-shell");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);

    /** In CSS pixels; {@code scheme} is light or dark. */
    record Window(int width, int height, String scheme) {}

    static final Window DESK = new Window(1280, 900, "light");
    static final Window PHONE = new Window(390, 844, "dark");

    /** Either width and either scheme; all four of them with {@code -Dcampaign=1}. */
    static final List<Window> WINDOWS = System.getProperty("campaign") == null ? List.of(DESK, PHONE)
            : List.of(DESK, PHONE, new Window(1280, 900, "dark"), new Window(390, 844, "light"));

    /** One for all tests of a class: each begins with a browser that remembers nothing. */
    private static @Nullable ChromeDriver opened;

    @AfterEach
    void theBrowserHasNotComplained() {
        ChromeDriver browser = opened;
        if (browser != null) {
            List<LogEntry> complaints = browser.manage().logs().get(LogType.BROWSER).getAll();
            if (Objects.requireNonNull(browser.getCurrentUrl()).startsWith(origin())) {
                browser.executeScript("sessionStorage.clear()");
            }
            browser.get("about:blank");
            browser.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", origin(), "storageTypes", "all"));
            assertThat(complaints).allMatch(entry -> isExpected(entry.getMessage()));
        }
    }

    @AfterAll
    static void closeTheBrowser() {
        if (opened != null) {
            opened.quit();
            opened = null;
        }
    }

    private String origin() {
        return "http://127.0.0.1:" + port();
    }

    /** Refusals of the service, which the page shows, are no complaints. */
    private static boolean isExpected(String message) {
        return message.contains("/v1/") && message.contains("Failed to load resource: the server responded with a status of 4");
    }

    /** Opens the page at a fragment such as {@code #/data}. */
    void open(String fragment, Window window) {
        if (opened == null) {
            opened = start();
        }
        browser().executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", window.width(), "height", window.height(),
                "deviceScaleFactor", 1, "mobile", false));
        // Pictures of pages longer than the window leave out what a bar takes.
        browser().executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", window.scheme()))));
        browser().get("about:blank");
        browser().get(origin() + "/" + fragment);
        // A screen is loaded behind its heading.
        element("main h1 ~ *");
    }

    private static ChromeDriver start() {
        InstalledTools.require("Chromium's headless shell is", SHELL.toString(), "--version");
        InstalledTools.require("Chromium's driver is", "chromedriver", "--version");
        var options = new ChromeOptions();
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--no-first-run", "--disable-dev-shm-usage");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setBinary(SHELL.toFile());
        var service = new ChromeDriverService.Builder().usingDriverExecutable(new File(found("chromedriver")))
                .usingAnyFreePort().build();
        return new ChromeDriver(service, options);
    }

    private static String found(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program).toString();
            }
        }
        throw new AssertionError(program + " is not on the path");
    }

    ChromeDriver browser() {
        return Objects.requireNonNull(opened, "no page is open");
    }

    /** The first element that a CSS selector finds, once it is there and to be seen. */
    WebElement element(String selector) {
        return await(() -> browser().findElements(By.cssSelector(selector)).stream().filter(WebElement::isDisplayed).findFirst()
                .orElse(null), selector);
    }

    /** The input of the field with this label. */
    WebElement field(String label) {
        return await(() -> browser().findElements(By.xpath("//label[normalize-space()='" + label + "']")).stream()
                .filter(WebElement::isDisplayed).findFirst().map(found -> found.getDomAttribute("for") == null
                        ? found.findElement(By.cssSelector("input")) : browser().findElement(By.id(found.getDomAttribute("for"))))
                .orElse(null), label);
    }

    /** What stands under a field. */
    String help(String label) {
        String id = field(label).getDomAttribute("aria-describedby");
        return browser().findElement(By.id(id)).getText();
    }

    /** The id of a training that has succeeded. */
    String trained(String request) {
        JsonNode training = post("/v1/trainings", request, "Prefer", "wait=60").json();
        assertThat(training.path("state").asString("")).as(training.toString()).isEqualTo("succeeded");
        return training.get("id").asString();
    }

    /** The id of a dataset whose targets are 0 or 1 for each of three words. */
    String datasetOfWords() {
        return send(request("/v1/datasets/csv?targets=kind&oneHot=kind", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("size,kind\n1,ant\n2,ant\n3,bee\n4,bee\n5,cat\n6,cat\n"))).json().get("id").asString();
    }

    /** The button with this text. */
    WebElement button(String text) {
        return await(() -> browser().findElements(By.xpath("//button[normalize-space()='" + text + "']")).stream()
                .filter(WebElement::isDisplayed).findFirst().orElse(null), text);
    }

    /** Replaces what a field holds, by keys. */
    void type(String label, String text) {
        WebElement input = field(label);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    void awaitText(String text) {
        awaitText(text, PATIENCE);
    }

    void awaitText(String text, Duration patience) {
        await(() -> browser().findElement(By.tagName("main")).getText().contains(text) ? true : null, text, patience);
    }

    /** Drops a file somewhere on the page: whether the page took it, rather than the browser. */
    boolean drop(String selector, String name, String text) {
        return Boolean.TRUE.equals(browser().executeScript("""
                const [on, name, text] = arguments;
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([text], name));
                return ['dragover', 'drop'].every(type => !on.dispatchEvent(
                    new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })));""", element(selector), name, text));
    }

    /** Pastes text somewhere on the page: whether the page took it, rather than the browser. */
    boolean paste(String selector, String text) {
        return Boolean.TRUE.equals(browser().executeScript("""
                const [on, text] = arguments;
                const clipboardData = new DataTransfer();
                clipboardData.setData('text/plain', text);
                return !on.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));""",
                element(selector), text));
    }

    /** Whether a part of a table is seen without scrolling that. */
    boolean isSeenUnscrolled(WebElement cell) {
        return Boolean.TRUE.equals(browser().executeScript("""
                const [own, around] = [arguments[0], arguments[0].closest('.scroll')].map(part => part.getBoundingClientRect());
                return own.left >= around.left - 1 && own.right <= around.right + 1;""", cell));
    }

    /** The columns of the table with a caption. */
    List<WebElement> columns(String caption) {
        return await(() -> Optional.of(browser().findElements(By.xpath("//table[normalize-space(caption)='" + caption
                + "']/thead/tr/th"))).filter(found -> !found.isEmpty()).orElse(null), caption);
    }

    /** Waits until something holds. */
    void awaitTrue(BooleanSupplier holds) {
        await(() -> holds.getAsBoolean() ? true : null, "what is awaited");
    }

    /** Waits until an assertion about what is seen holds: the page follows what is done to it, and what it asks for, a moment later. */
    static void awaitThat(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).ignoreException(StaleElementReferenceException.class).untilAsserted(assertion);
    }

    /** The id of the model that a training leaves. */
    String modelOf(String training) {
        Answer answer = post("/v1/trainings", training, "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("modelId").asString();
    }

    private <T> T await(Supplier<T> sight, String what) {
        return await(sight, what, PATIENCE);
    }

    private <T> T await(Supplier<T> sight, String what, Duration patience) {
        return Objects.requireNonNull(new WebDriverWait(browser(), patience).pollingEvery(LOOK).withMessage(() -> what + " in:\n"
                + browser().findElement(By.tagName("body")).getText())
                .ignoring(StaleElementReferenceException.class).until(_ -> sight.get()));
    }

    /** Keeps a picture in target/screenshots, and looks whether something sticks out or is out of reach for some people. */
    void lookAt(String name, Window window) {
        picture(name + "-" + window.width() + "-" + window.scheme());
        assertThat(((Number) browser().executeScript("return document.documentElement.scrollWidth")).intValue())
                .as("%s is no wider than the window", name).isLessThanOrEqualTo(window.width());
        browser().executeScript(axe());
        Object violations = browser().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(
                    found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('\\n'))),
                    error => done([String(error)]));""");
        assertThat((List<?>) violations).as("%s in %s", name, window).isEmpty();
    }

    private void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Map<String, Object> picture = browser().executeCdpCommand("Page.captureScreenshot",
                    Map.of("format", "png", "captureBeyondViewport", true));
            Files.write(SCREENSHOTS.resolve(name + ".png"),
                    Base64.getDecoder().decode((String) Objects.requireNonNull(picture.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String axe() {
        try (var script = Objects.requireNonNull(BrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For an address. */
    static String encoded(String state) {
        return URLEncoder.encode(state, StandardCharsets.UTF_8).replace("+", "%20");
    }

    final String idInTheAddress() {
        String address = browser().getCurrentUrl();
        return List.of(address.split("/")).getLast();
    }

    final void assertTheSummaryIsSeenAndHasTheFocus() {
        awaitTrue(() -> "alert".equals(browser().switchTo().activeElement().getDomAttribute("role")));
        assertThat(browser().executeScript("""
                const { top, bottom } = document.activeElement.getBoundingClientRect();
                return top >= 0 && bottom <= innerHeight;""")).isEqualTo(true);
    }
}
