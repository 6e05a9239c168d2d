package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** The screen on which datasets are made and seen: of a formula over a grid, and stored ones. */
class DataBrowserTest extends BrowserTest {

    @Test
    void aFormulaIsSeenWhileItIsTypedAndBecomesADatasetThatIsRenamedAndDeleted() {
        open("#/data", DESK);
        type("Equation", "x * qq");
        awaitThat(() -> assertThat(element(".caret").getDomProperty("textContent")).isEqualTo("x * qq\n    ^"));
        awaitThat(() -> assertThat(field("Equation").getDomAttribute("aria-invalid")).isEqualTo("true"));
        type("Equation", "x * y");
        type("Name of the dataset", "s".repeat(201));
        type("Tags", "t".repeat(65));
        button("Store this dataset").click();
        assertTheSummaryIsSeenAndHasTheFocus();
        awaitThat(() -> assertThat(isMarked("Name of the dataset") && isMarked("Tags")).isTrue());
        type("Name of the dataset", "saddle");
        awaitTrue(() -> !isMarked("Name of the dataset"));
        assertThat(isMarked("Tags")).as("what is wrong elsewhere is still said").isTrue();
        assertThat(browser().switchTo().activeElement()).isEqualTo(field("Name of the dataset"));
        type("Tags", "demo");
        awaitTrue(() -> browser().findElements(By.cssSelector("[aria-invalid], [role=alert]")).isEmpty());
        awaitText("21 by 21 places;");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".caret"))).isEmpty());
        button("Store this dataset").click();
        awaitText("441 samples of x, y with z");
        JsonNode dataset = get("/v1/datasets/" + idInTheAddress()).json();
        assertThat(dataset.get("name").asString()).isEqualTo("saddle");
        button("Rename").click();
        field("Name").sendKeys("not kept", Keys.ESCAPE);
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(button("Rename")));
        button("Delete").click();
        awaitText("Delete it for good?");
        button("Delete").sendKeys(Keys.ESCAPE);
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Delete it for good?"));
        assertThat(browser().switchTo().activeElement()).isEqualTo(button("Delete"));
        button("Rename").click();
        assertThat(field("Name").getDomProperty("value")).isEqualTo("saddle");
        type("Name", "a saddle");
        type("Tags", "demo, two words");
        button("Save").click();
        awaitText("two words");
        assertThat(get("/v1/datasets/" + idInTheAddress()).json().get("tags").toString()).isEqualTo("[\"demo\",\"two words\"]");
        String path = "/v1/datasets/" + idInTheAddress();
        button("Delete").click();
        awaitText("Delete it for good?");
        button("Delete").click();
        awaitText("Stored datasets");
        assertThat(get(path).status()).isEqualTo(404);
    }

    private boolean isMarked(String label) {
        return "true".equals(field(label).getDomAttribute("aria-invalid"));
    }

    /** Far from 0, or so small that ECharts takes them for one. */
    @Test
    void numbersThatDifferLittleAreToldApart() {
        String rows = IntStream.range(0, 20).mapToObj(i -> "[" + i + "e-13]").collect(Collectors.joining(", "));
        String targets = IntStream.range(0, 20).mapToObj(i -> "[" + (1e7 + 0.479 * i) + ", " + (2e-15 + i * 1e-16) + ", 342023]")
                .collect(Collectors.joining(", "));
        String id = post("/v1/datasets", "{\"inputNames\": [\"x\"], \"targetNames\": [\"far\", \"small\", \"whole\"], \"inputs\": [" + rows
                + "], \"targets\": [" + targets + "]}").json().get("id").asString();
        open("#/datasets/" + id, DESK);
        awaitText("10,000,000.479");
        assertThat(element("main").getText()).contains("342,023").doesNotContain("342,020");
        element("canvas");
        lookAt("data-small", DESK);
        String noise = post("/v1/datasets", "{\"inputNames\": [\"x\"], \"targetNames\": [\"y\"], \"inputs\": [[1], [2]], "
                + "\"targets\": [[0.3], [0.30000000000000004]]}").json().get("id").asString();
        open("#/datasets/" + noise, DESK);
        awaitText("y over x");
        element("canvas");
    }

    @Test
    void whatIsTypedIsInTheLink() {
        open("#/data", DESK);
        type("Equation", "x - y");
        type("Step", "0.5");
        awaitText("105 samples.");
        type("To", "1.2");
        awaitText("The last is 1: no whole number of steps leads to 1.2.");
        awaitText("105 samples.");
        String link = browser().getCurrentUrl();
        open(link.substring(link.indexOf('#')), DESK);
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value")).isEqualTo("x - y"));
        awaitText("105 samples.");
        open("#/data?" + "%7B%22grid%22%3A7%2C%22csv%22%3A%7B%22roles%22%3A3%7D%2C%22from%22%3Anull%7D", DESK);
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value"))
                .as("nonsense in a link changes nothing").isEqualTo("exp(-(x^2 + y^2))"));
    }

    @Test
    void aDatasetWithoutTargetsIsForEquationsAndOneThatIsUsedSaysByWhat() {
        String points = created("/v1/datasets", "{\"inputNames\": [\"x\"], \"inputs\": [[0], [0.5], [1]]}").get("id").asString();
        open("#/datasets/" + points, DESK);
        awaitText("It has no targets that a network could learn.");
        browser().findElement(By.linkText("Train by an equation at its points")).click();
        awaitText("3 samples of x with no targets, so that equations say below what is to be learned.");
        type("Equation", "u - x^2");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        String first = idInTheAddress();
        String named = trained("{\"name\": \"parabola\", \"network\": {\"inputs\": [\"x\"], \"outputs\": [\"u\"], \"layers\": [{\"units\": 1}]}, "
                + "\"datasetId\": \"" + points + "\", \"loss\": {\"terms\": [{\"equation\": \"u - x^2\"}]}, \"epochs\": 1}");
        open("#/datasets/" + points, DESK);
        button("Delete").click();
        awaitText("Delete it for good?");
        button("Delete").click();
        awaitText("Trainings refer to this dataset: 'parabola' (" + named + "), " + first + "; delete them first");
        browser().findElement(By.linkText("'parabola' (" + named + ")")).click();
        awaitThat(() -> assertThat(idInTheAddress()).isEqualTo(named));
    }

    @Test
    void everyViewFitsEveryWindow() {
        String dataset = created("/v1/datasets", """
                {"name": "three", "inputNames": ["a", "b", "c"], "inputs": [[1, 2, 3], [2, 3, 1], [3, 1, 2], [2, 2, 2], [1, 1, 90]],
                 "targetNames": ["d"], "targets": [[6], [6], [6], [6], [92]]}""").get("id").asString();
        for (Window window : WINDOWS) {
            open("#/data", window);
            element("canvas");
            lookAt("data-formula", window);
            button("A CSV file").click();
            browser().findElements(By.xpath("//button[text()='Try an example']")).forEach(WebElement::click);
            awaitText("Columns and first rows of 14");
            element("canvas");
            lookAt("data-csv", window);
            button("Rows by hand").click();
            element("canvas");
            lookAt("data-rows", window);
            open("#/datasets/" + dataset, window);
            awaitText("Rows 1 to 5 of 5");
            element("canvas");
            lookAt("dataset", window);
        }
        String wide = created("/v1/datasets", """
                {"inputNames": ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"], "inputs": [[1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 1, 5, 7, 9, 8, 1]],
                 "targetNames": ["d"], "targets": [[6], [92]]}""").get("id").asString();
        for (Window window : WINDOWS) {
            open("#/datasets/" + wide, window);
            awaitText("c1, c2, c3, c4, c5, d of 9 columns");
            element("main summary").click();
            field("c8").click();
            awaitText("c1, c2, c3, c4, c8, d of 9 columns");
            element("canvas");
            lookAt("dataset-wide", window);
        }
    }
}
