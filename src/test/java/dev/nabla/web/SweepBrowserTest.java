package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The form and the screen of trainings with several values of their fields. */
class SweepBrowserTest extends BrowserTest {

    @Test
    void aSweepIsRankedAndLeadsToItsBestModel() {
        open("#/training", DESK);
        field("Try several values: a sweep of trainings").click();
        var varied = new Select(field("Field"));
        assertThat(varied.getFirstSelectedOption().getText()).isEqualTo("Learning rate");
        assertThat(varied.getOptions().stream().map(WebElement::getText)).contains("Epochs", "Batch size", "Layer 1, units",
                "Layer 3, activation", "Optimizer").doesNotContain("Seed", "Name", "Loss", "Layer 3, units");
        varied.selectByVisibleText("Another one, by its JSON Pointer");
        type("JSON Pointer", "/optimizer/learningRate");
        type("Values", "0.001, -1");
        type("Epochs", "20");
        button("Start the sweep").click();
        awaitText("must be above 0, was -1.0");
        awaitThat(() -> assertThat(field("Values").getDomAttribute("aria-invalid")).isEqualTo("true"));
        type("Values", "0.001, 0.01");
        button("Start the sweep").click();
        awaitText("2 of 2 trials");
        element(".state.succeeded");
        String id = idInTheAddress();
        String path = "/v1/sweeps/" + id;
        awaitThat(() -> assertThat(element("a.primary").getDomAttribute("href"))
                .isEqualTo("#/models/" + get(path).json().at("/best/modelId").asString()));
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("tbody tr"))).hasSize(2));
        String best = element("p.row:has(a.primary)").getText();
        assertThat(best).contains("Learning rate 0.0").doesNotContain("/optimizer");
        for (Window window : WINDOWS) {
            open("#/sweeps/" + id, window);
            element("canvas");
            awaitText("Trials, the best first");
            awaitThat(() -> assertThat(linesSeen()).as("lines that stand out in %s", window).isEqualTo(2L));
            lookAt("sweep", window);
            open("#/training?" + encoded("{\"view\": \"sweeps\"}"), window);
            awaitText("Sweep of learning rate");
            lookAt("sweeps", window);
        }
    }

    @Test
    void optimizersAreSweptOverByTheirNamesWithTheSettingsOfTheForm() {
        open("#/training?" + encoded("{\"isSweep\": true, \"training\": {\"epochs\": 5,"
                + " \"optimizer\": {\"type\": \"adam\", \"learningRate\": 0.02}}}"), DESK);
        new Select(field("Field")).selectByVisibleText("Optimizer");
        awaitThat(() -> assertThat(field("Values").getDomProperty("value")).isEqualTo("adam, lbfgs"));
        button("Start the sweep").click();
        awaitText("2 of 2 trials");
        element(".state.succeeded");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("tbody tr"))).hasSize(2));
        assertThat(element("tbody").getText()).contains("Adam with learning rate 0.02", "L-BFGS").doesNotContain("{");
    }

    @Test
    void suggestionsOfASweepFollowItsFieldAndAreWholeWhereThatIs() {
        open("#/training?" + encoded("{\"isSweep\": true}"), DESK);
        var varied = new Select(field("Field"));
        varied.selectByVisibleText("Epochs");
        awaitThat(() -> assertThat(field("Values").getDomProperty("value")).isEqualTo("50, 100, 200"));
        varied.selectByVisibleText("β₁");
        awaitThat(() -> assertThat(field("Values").getDomProperty("value")).isEqualTo("0.45, 0.9, 0.95"));
        varied.selectByVisibleText("Shuffle");
        awaitThat(() -> assertThat(field("Values").getDomProperty("value")).isEqualTo("true, false"));
        varied.selectByVisibleText("Layer 1, units");
        new Select(field("Combine")).selectByValue("random");
        field("From a range").click();
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("section.sweep .row input:not([type=checkbox])")).stream()
                .map(input -> input.getDomProperty("value"))).containsExactly("4", "16"));
        assertThat(element("section.sweep").getText()).doesNotContain("Whole numbers");
        type("Combinations", "3");
        type("Epochs", "2");
        button("Start the sweep").click();
        awaitText("3 of 3 trials");
    }

    @Test
    void trialsThatWereStoppedSaySoInBriefAndTheBarOfAFinishedSweepIsFull() {
        String id = post("/v1/sweeps", "{\"training\": {" + SEED + ", \"epochs\": 90}, \"values\": {\"/optimizer/learningRate\":"
                + " [0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9]}, \"stop\": {\"halving\": 2}}").json().get("id").asString();
        open("#/sweeps/" + id, DESK);
        awaitText("8 of 8 trials");
        element(".state.succeeded");
        awaitText("stopped early");
        assertThat(element("tbody").getText()).doesNotContainIgnoringCase("lowest loss");
        JsonNode progress = get("/v1/sweeps/" + id).json().get("progress");
        assertThat(progress.get("epoch").asInt()).isLessThan(progress.get("epochs").asInt());
        WebElement bar = element("main progress");
        awaitThat(() -> assertThat(bar.getDomProperty("value")).isEqualTo(bar.getDomProperty("max")));
    }

    @Test
    void trialsWhoseNumbersAreNotOfTheSameSaySo() {
        String losses = post("/v1/sweeps", "{\"training\": {" + SEED + ", \"epochs\": 2}, \"values\": {\"/loss\": [\"mse\", \"mae\"]}}")
                .json().get("id").asString();
        open("#/sweeps/" + losses, DESK);
        awaitText("These trials have different losses");
        assertThat(element("main").getText()).doesNotContain("Which rows are held out");
        String rows = post("/v1/sweeps", "{\"training\": {" + SEED + ", \"epochs\": 2, \"validationFraction\": 0.2}, \"seeds\": 2,"
                + " \"values\": {\"/batchSize\": [32, 64]}}").json().get("id").asString();
        open("#/sweeps/" + rows, DESK);
        awaitText("Which rows are held out follows from the seed");
        assertThat(element("main").getText()).doesNotContain("different losses");
    }

    @Test
    void aValueThatIsThereTwiceIsRefusedWithoutAPointer() {
        open("#/training?" + encoded("{\"isSweep\": true}"), DESK);
        new Select(field("Field")).selectByVisibleText("Epochs");
        type("Values", "10, 20, 10");
        button("Start the sweep").click();
        awaitText("makes the same trials as “Epochs, value 1”");
        assertThat(element("main").getText()).doesNotContain("/values", "~1");
    }

    /** How many lines of parallel coordinates have a contrast of 1.5 to the page, at a quarter of the way between their axes. */
    private Object linesSeen() {
        return browser().executeScript("""
                const canvas = document.querySelector('.chart canvas');
                const { data } = canvas.getContext('2d').getImageData(60 + Math.round((canvas.width - 150) / 4), 42, 1, canvas.height - 74);
                const page = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
                const light = colour => colour.map(value => value / 255)
                    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0.05);
                const contrasts = Array.from({ length: data.length / 4 }, (_, row) => {
                  const share = data[4 * row + 3] / 255;
                  const ratio = light(page.map((value, at) => share * data[4 * row + at] + (1 - share) * value)) / light(page);
                  return Math.max(ratio, 1 / ratio);
                });
                return contrasts.filter((contrast, row) => contrast >= 1.5 && !(contrasts[row - 1] >= 1.5)).length;""");
    }
}
