package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/** What stays around the screens of the workbench. */
class ShellBrowserTest extends BrowserTest {

    @Test
    void whatIsDroppedWhereNothingTakesItDoesNotLeaveThePage() {
        for (String screen : List.of("#/", "#/network", "#/trainings", "#/nowhere")) {
            open(screen, DESK);
            assertThat(drop("body", "a.csv", "x,y\n1,2\n")).as(screen).isTrue();
        }
    }

    @Test
    void everyScreenIsReachedByKeyboardAndByItsLink() {
        open("", DESK);
        List<String> titles = browser().findElements(By.cssSelector("nav a")).stream().map(WebElement::getText).toList();
        assertThat(titles).containsExactly("Network", "Data", "Training", "Models", "Dynamics", "Gallery", "Docs");
        for (String title : titles.subList(0, 6)) {
            browser().findElement(By.linkText(title)).sendKeys(Keys.ENTER);
            awaitText(title);
            awaitThat(() -> assertThat(element("main h1").getText()).isEqualTo(title));
            assertThat(browser().getTitle()).isEqualTo(title + " – Nabla");
            assertThat(browser().getCurrentUrl()).endsWith("#/" + title.toLowerCase(java.util.Locale.ROOT));
        }
        browser().findElement(By.cssSelector("a.brand")).sendKeys(Keys.ENTER);
        awaitText("Neural networks as formulas");
        open("#/nowhere", DESK);
        awaitText("There is no screen called nowhere.");
    }

    @Test
    void whoComesBackToAScreenFindsItAsItWas() {
        open("#/data", DESK);
        type("Equation", "x * y");
        browser().findElement(By.linkText("Network")).click();
        awaitText("Definition");
        browser().findElement(By.linkText("Data")).click();
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value")).isEqualTo("x * y"));
        browser().findElement(By.linkText("Data")).click();
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value")).as("from there it begins anew")
                .isEqualTo("exp(-(x^2 + y^2))"));
    }

    @Test
    void everyScreenFitsEveryWindowAndIsThereForEverybody() {
        for (String screen : List.of("network", "data", "training", "models", "dynamics", "gallery")) {
            for (Window window : WINDOWS) {
                open("#/" + screen, window);
                element("main h1 ~ *");
                lookAt(screen, window);
                assertThat(browser().executeScript("return [...document.querySelectorAll('.bar a, figure svg')]"
                        + ".every(one => one.getBoundingClientRect().right <= innerWidth)"))
                        .as("the navigation and a small drawing are seen whole in %s", window).isEqualTo(true);
            }
        }
    }

    @Test
    void documentsAreReadInTheSameShellAndTheirExamplesCopied() {
        for (Window window : WINDOWS) {
            open("docs/operations.html", window);
            awaitThat(() -> assertThat(element(".bar a[aria-current=page]").getText()).isEqualTo("Docs"));
            element(".copy button");
            lookAt("docs", window);
        }
        // A browser without a window has no right to copy by itself.
        browser().executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of("clipboardSanitizedWrite")));
        button("Copy").click();
        awaitThat(() -> assertThat(element(".copy [role=status]").getText()).startsWith("Copied"));
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".copy [role=status]")).stream().map(WebElement::getText))
                .as("it is said for some seconds").allMatch(String::isEmpty));
        browser().findElement(By.linkText("All documents")).click();
        awaitText("Nabla's documentation");
        browser().findElement(By.linkText("Network")).click();
        awaitText("Definition");
    }

    @Test
    void examplesAndLinksOfDocumentsAreOfTheServiceThatShowsThem() {
        open("docs/tutorials/csv.html", DESK);
        awaitTrue(() -> element("main pre").getText().startsWith("api=http://127.0.0.1:" + port() + "/v1\n"));
        assertThat(element("main").getText()).doesNotContain("localhost:8080");
        assertThat(browser().findElements(By.cssSelector("main a[href*='localhost:8080']"))).isEmpty();
        open("docs/nabla.html", DESK);
        awaitTrue(() -> element("main").getText().contains("127.0.0.1:" + port()));
        assertThat(element("main pre").getText()).as("of a service that one starts").contains("http://localhost:8080/");
    }

    @Test
    void aScreenThatWasNotLoadedIsTriedAgain() {
        open("", DESK);
        offline(true);
        browser().findElement(By.linkText("Network")).click();
        button("Try again").click();
        awaitText("The service does not answer yet.");
        offline(false);
        // What could not be loaded is what the browser has told.
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).isNotEmpty();
        button("Try again").click();
        awaitText("Definition");
        assertThat(browser().getCurrentUrl()).endsWith("#/network");
    }

    private void offline(boolean isOffline) {
        browser().executeCdpCommand("Network.enable", Map.of());
        browser().executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", isOffline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    @Test
    void aServiceThatHangsIsToldUntilItAnswers() {
        String id = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1}]}, "dataset": {"inputs": [[0]], "targets": [[0.5]]},
                 "epochs": 10000000}""").json().get("id").asString();
        open("#/trainings/" + id, DESK);
        element(".state.running");
        browser().executeScript("""
                const send = window.fetch;
                window.held = new Promise((release) => { window.release = release; });
                window.fetch = (...sent) => window.held.then(() => send(...sent));""");
        awaitText("The service has not answered for 10 seconds.", Duration.ofMinutes(1));
        browser().executeScript("window.release()");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("has not answered"));
        post("/v1/trainings/" + id + "/cancel", "{}");
    }

    @Test
    void theChosenThemeIsKept() {
        open("", DESK);
        field("Theme").sendKeys("Dark");
        assertThat(background()).isEqualTo("rgb(18, 23, 29)");
        open("", DESK);
        assertThat(background()).isEqualTo("rgb(18, 23, 29)");
    }

    private Object background() {
        return browser().executeScript("return getComputedStyle(document.body).backgroundColor");
    }
}
