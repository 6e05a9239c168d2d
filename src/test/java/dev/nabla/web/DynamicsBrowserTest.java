package dev.nabla.web;

import static dev.nabla.web.ModelsBrowserTest.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The screen on which models move. */
class DynamicsBrowserTest extends BrowserTest {

    @Test
    void trajectoriesStartWhereOneTypesAndWhereOneClicks() {
        String id = pendulum();
        open("#/dynamics/" + id, DESK);
        awaitText("1 trajectory up to t = 30.");
        type("q", "0.5");
        JsonNode energy = post("/v1/evaluations", """
                {"modelId": "%s", "equations": ["energy"], "inputs": [[0.5, 0]]}""".formatted(id)).json();
        awaitText(shown(energy.at("/results/0/values/0").asDouble()));
        new Actions(browser()).moveToElement(element(".chart canvas"), 60, -80).click().perform();
        awaitText("2 trajectories up to t = 30.");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".start"))).hasSize(2));
        String link = browser().getCurrentUrl();
        open(link.substring(link.indexOf('#')), DESK);
        awaitText("2 trajectories up to t = 30.");
        String address = element(".paper a").getDomProperty("href");
        assertThat(get(address.substring(address.indexOf("/v1/"))).response().body()).contains("<svg");
    }

    @Test
    void aLengthIsTheSameAcrossAndUpwardsWhereNothingElseIsChosen() {
        open("#/dynamics/" + pendulum(), DESK);
        awaitText("1 trajectory up to t = 30.");
        double[] equal = clicked(100, 60);
        assertThat(equal[1] / equal[0]).isCloseTo(0.6, within(0.02));
        field("The same scale across and upwards").click();
        awaitTrue(() -> browser().getCurrentUrl().contains("isEqual"));
        double[] wide = clicked(100, 60);
        assertThat(wide[1] / wide[0]).isGreaterThan(0.7);
    }

    /** How far in q and p it is from the middle of a portrait to so many pixels right and above: by two starts that are clicked. */
    private double[] clicked(int right, int up) {
        int before = browser().findElements(By.cssSelector(".start")).size();
        new Actions(browser()).moveToElement(element(".chart canvas")).click().perform();
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".start"))).hasSize(before + 1));
        new Actions(browser()).moveToElement(element(".chart canvas"), right, -up).click().perform();
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".start"))).hasSize(before + 2));
        JsonNode starts = JSON.readTree(URLDecoder.decode(browser().getCurrentUrl().split("\\?", 2)[1], UTF_8)).get("starts");
        return IntStream.range(0, 2).mapToDouble(i -> starts.get(before + 1).get(i).asDouble() - starts.get(before).get(i).asDouble()).toArray();
    }

    @Test
    void aLongEquationIsShortenedInPicturesAndStandsBelowThemAsItIs() {
        open("#/dynamics/" + heat(), DESK);
        String equation = "D(u, t) - 0.4 * D(u, x, x) + sin(pi * x) * cos(pi * t)";
        awaitText("D(u, t) - 0.4 * D(u, x, x) goes from");
        type("Equation that is to be 0", equation);
        awaitText(equation + " goes from");
        assertThat(browser().findElements(By.cssSelector("figcaption")).stream().map(WebElement::getText))
                .contains("D(u, t) - 0.4 * D(u, x, x) … over x and t");
    }

    @Test
    void allMethodsOfTheServiceAreOfferedAndWhatIsWrongStandsAtItsField() {
        List<String> called = List.of(pendulum(), pendulum());
        open("#/dynamics/" + called.getFirst(), DESK);
        awaitText("1 trajectory up to t = 30.");
        assertThat(new Select(field("Model")).getOptions().stream().map(WebElement::getText)).as("of the same name")
                .doesNotHaveDuplicates().anyMatch(text -> text.startsWith("pendulum (" + called.getLast().substring(0, 8) + "), model loss "));
        List<String> offered = new Select(field("Method")).getOptions().stream()
                .map(option -> option.getDomAttribute("value")).toList();
        List<String> stated = get("/v3/api-docs").json().at("/components/schemas/MethodName/enum").valueStream()
                .map(value -> value.asString()).toList();
        assertThat(offered).isNotEmpty().containsExactlyElementsOf(stated);
        type("Step", "0.2");
        awaitText("up to t = 60.");
        new Select(field("Model")).selectByValue(called.getLast());
        awaitText("up to t = 30.");
        browser().navigate().back();
        awaitText("up to t = 60.");
        assertThat(browser().getCurrentUrl()).contains(called.getFirst());
        type("Step", "-1");
        awaitThat(() -> assertThat(field("Step").getDomAttribute("aria-invalid")).isEqualTo("true"));
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[role=alert]"))).as("it is said at its field").isEmpty());
        type("Step", "0.05");
        awaitText("1 trajectory up to t = 15.");
        element("summary").click();
        type("Energy", "p^2 / 2 +");
        element(".caret");
        type("Energy", "p^2 / 2 - cos(q)");
        awaitText(shown(-Math.cos(1)));
    }

    @Test
    void nothingIsDrawnOfWhatIsWrong() {
        open("#/dynamics/" + pendulum(), DESK);
        awaitText("1 trajectory up to t = 30.");
        type("p", Keys.BACK_SPACE.toString());
        awaitText("Write a number.");
        awaitText("No trajectory is followed.");
        type("p", "0");
        awaitText("1 trajectory up to t = 30.");
        new Select(field("Method")).selectByValue("map");
        awaitText("No trajectory is followed.");
        awaitThat(() -> assertThat(element("figcaption").getText()).as("nor of what is not followed").doesNotContain("Arrows"));
        new Select(field("Method")).selectByValue("implicit-midpoint");
        awaitText("1 trajectory up to t = 30.");
        type("Step", "0");
        awaitText("No trajectory is followed.");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".motion, .paper, [aria-label='Energy by start']"))).isEmpty());
        type("Step", "0.1");
        awaitText("1 trajectory up to t = 30.");
        type("Steps", "abc");
        awaitText("Nothing is shown while “Steps” cannot be read.");
        awaitTrue(() -> browser().findElements(By.cssSelector(".chart, .motion, .paper")).stream().noneMatch(WebElement::isDisplayed));
        type("Steps", Keys.BACK_SPACE.toString());
        awaitText("No trajectory is followed.");
        type("Steps", "300");
        awaitText("1 trajectory up to t = 30.");
        type("q from", "9");
        awaitText("Must be less than ");
        awaitText("Nothing is drawn: the range of an axis is wrong.");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".motion, .paper"))).isEmpty());
    }

    @Test
    void whileTrajectoriesAreComputedThoseOfBeforeAreDimmedAndItIsSaid() {
        open("#/dynamics/" + pendulum(), DESK);
        awaitText("1 trajectory up to t = 30.");
        awaitThat(() -> assertThat(element(".following").getDomAttribute("aria-busy")).isEqualTo("false"));
        browser().executeScript("""
                const send = window.fetch;
                window.fetch = async (...sent) => {
                  const answer = await send(...sent);
                  if (String(sent[0]).includes('/trajectories')) await new Promise(resolve => { window.release = resolve; });
                  return answer;
                };""");
        new Select(field("Method")).selectByValue("dormand-prince");
        awaitTrue(() -> Boolean.TRUE.equals(browser().executeScript("return window.release !== undefined")));
        awaitText("Computing the trajectories …");
        assertThat(element(".following").getDomAttribute("aria-busy")).isEqualTo("true");
        awaitThat(() -> assertThat(Double.parseDouble(browser().findElement(By.cssSelector(".following > div")).getCssValue("opacity")))
                .isLessThan(0.5));
        browser().executeScript("window.release()");
        awaitThat(() -> assertThat(element(".following").getDomAttribute("aria-busy")).isEqualTo("false"));
        assertThat(element("main").getText()).doesNotContain("Computing");
    }

    @Test
    void wordsAreChosenAndStartAsTheyAre() {
        String dataset = send(request("/v1/datasets/csv?targets=dq,dp&oneHot=kind", "Content-Type", "text/csv").POST(
                BodyPublishers.ofString("q,p,kind,dq,dp\n1,0,free,0,0\n0,1,bound,1,0\n-1,2,bound,2,1\n"))).json().get("id").asString();
        open("#/dynamics/" + modelOf("""
                {"network": {"inputs": ["q", "p", "kind_bound", "kind_free"], "outputs": ["dq", "dp"],
                   "layers": [{"units": 2, "activation": "identity"}]}, "datasetId": "%s", "epochs": 1, "seed": 1}"""
                .formatted(dataset)), DESK);
        awaitText("It makes 2 of 4 numbers.");
        assertThat(new Select(element(".start select")).getFirstSelectedOption().getText()).isEqualTo("free");
        element("summary").click();
        type("Field", "[p, -q, 0, 0]");
        awaitText("1 trajectory up to t = 30.");
        new Select(element(".start select")).selectByVisibleText("bound");
        awaitThat(() -> assertThat(URLDecoder.decode(browser().getCurrentUrl(), UTF_8)).endsWith(",1,0]]}"));
        awaitText("1 trajectory up to t = 30.");
    }

    @Test
    void aMotionIsPlayedUnlessLessOfItIsAskedFor() {
        open("#/dynamics/" + pendulum(), DESK);
        button("Play").click();
        awaitTrue(() -> !element("output").getText().equals("t = 0"));
        button("Pause").click();
        browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        awaitText("Your system asks for less motion: move the slider.");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".motion button"))).isEmpty());
    }

    @Test
    void aModelWithoutAFieldSaysSoAndTakesOne() {
        String id = modelOf("{\"network\": %s, \"dataset\": %s, \"epochs\": 1, \"seed\": 1}"
                .formatted(SEED_NETWORK, GAUSSIAN));
        open("#/dynamics/" + id, DESK);
        awaitText("It makes 1 of 2 numbers.");
        element("summary").click();
        type("Field", "[D(z, y), -D(z, x)]");
        awaitText("1 trajectory up to t = 30.");
    }

    @Test
    void aResidualIsThatOfATermOrOfWhatOneTypes() {
        open("#/dynamics/" + heat(), DESK);
        awaitText("D(u, t) - 0.4 * D(u, x, x) goes from");
        type("Equation that is to be 0", "t - x");
        awaitText("t - x goes from −1 to 1.");
        button("u - g").click();
        awaitThat(() -> assertThat(element(".caret").getDomProperty("textContent")).isEqualTo("u - g\n    ^"));
        String before = element("figure:has(+ .motion) figcaption").getText();
        field("Cut at t").sendKeys(Keys.END);
        awaitText("u along x at t = 1");
        assertThat(before).isEqualTo("u along x at t = 0");
    }

    @Test
    void theSolutionAndItsResidualAreDrawnForAPaper() {
        open("#/dynamics/" + heat(), DESK);
        awaitText("D(u, t) - 0.4 * D(u, x, x) goes from");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".paper a"))).hasSize(2));
        for (WebElement link : browser().findElements(By.cssSelector(".paper a"))) {
            String address = link.getDomProperty("href");
            assertThat(get(address.substring(address.indexOf("/v1/"))).response().body()).contains("<svg");
        }
        assertThat(browser().findElements(By.cssSelector(".paper button")).stream().map(WebElement::getText))
                .containsExactly("Save as SVG", "Save as PNG", "Save as SVG", "Save as PNG");
    }

    @Test
    void modelsAreListedThatHaveAFieldOrWereToSolveEquations() {
        String pendulum = pendulum();
        String heat = heat();
        String other = modelOf("{\"name\": \"unmoved\", \"network\": %s, \"dataset\": %s, \"epochs\": 1, \"seed\": 1}"
                .formatted(SEED_NETWORK, GAUSSIAN));
        open("#/dynamics", DESK);
        awaitThat(() -> assertThat(new Select(field("Model")).getOptions().stream().map(option -> option.getDomAttribute("value")))
                .contains(pendulum, heat).doesNotContain(other));
        assertThat(help("Model")).contains("open its dynamics from its own page");
        open("#/models/" + other, DESK);
        awaitText("Its dynamics");
        browser().findElement(By.linkText("Its dynamics")).click();
        awaitText("It makes 1 of 2 numbers.");
        assertThat(new Select(field("Model")).getFirstSelectedOption().getText()).startsWith("unmoved");
    }

    @Test
    void everyViewFitsEveryWindowAndIsThereForEverybody() {
        String pendulum = pendulum();
        String heat = heat();
        for (Window window : WINDOWS) {
            open("#/dynamics", window);
            field("Model");
            lookAt("dynamics-start", window);
            open("#/dynamics/" + pendulum, window);
            awaitText("Energy by start");
            lookAt("dynamics-portrait", window);
            open("#/dynamics/" + heat, window);
            awaitText("u along x at t = 0");
            awaitText("D(u, t) - 0.4 * D(u, x, x) goes from");
            lookAt("dynamics-solution", window);
        }
    }

    private String pendulum() {
        return modelOf("""
                {"name": "pendulum", "network": {"inputs": ["q", "p"], "outputs": ["H"],
                  "architecture": {"type": "hamiltonian", "width": 8, "hiddenLayers": 2}},
                 "dataset": {"grid": {"q": {"from": -2, "to": 2, "step": 0.2}, "p": {"from": -2, "to": 2, "step": 0.2}},
                  "targets": {"dq": "p", "dp": "-sin(q)"}},
                 "loss": "hamiltonian", "epochs": 200, "seed": 1, "optimizer": {"learningRate": 0.01}}""");
    }

    private String heat() {
        return modelOf("""
                {"name": "heat", "network": {"inputs": ["x", "t"], "outputs": ["u"],
                  "layers": [{"units": 10}, {"units": 1, "activation": "identity"}]},
                 "epochs": 50, "seed": 1, "optimizer": {"type": "lbfgs"},
                 "loss": {"terms": [
                  {"equation": "D(u, t) - 0.4 * D(u, x, x)",
                   "sample": {"points": 200, "method": "sobol", "ranges": {"x": [0, 1], "t": [0, 1]}}},
                  {"equation": "u",
                   "dataset": {"grid": {"x": {"from": 0, "to": 1, "step": 1}, "t": {"from": 0, "to": 1, "step": 0.05}}}},
                  {"equation": "u - g",
                   "dataset": {"grid": {"x": {"from": 0, "to": 1, "step": 0.05}, "t": {"from": 0, "to": 0, "step": 1}},
                               "targets": {"g": "sin(pi * x)"}}}]}}""");
    }
}
