package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The first screen: what the service does, by requests that it answers then and there. */
class HomeBrowserTest extends BrowserTest {

    @Test
    void aFormulaAPictureAndALossCurveAreThereAfterOneClickAndAtTheNextVisitAtOnce() {
        open("", DESK);
        awaitThat(() -> assertThat(element("main h1").getText()).isEqualTo("Neural networks as formulas"));
        element(".formula .katex");
        int trainings = trainings();
        element("button.primary").click();
        awaitText(" epochs in ");
        awaitText("Learned and true");
        assertThat(trainings()).isEqualTo(trainings + 1);
        for (Window window : WINDOWS) {
            open("", window);
            awaitText("Learned and true");
            awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".pictures canvas"))).hasSize(2));
            lookAt("home", window);
        }
        assertThat(trainings()).isEqualTo(trainings + 1);
    }

    private int trainings() {
        return get("/v1/trainings?pageSize=1000&tag=gallery").json().get("items").size();
    }

    @Test
    void thereIsAWayOnFromIt() {
        open("", DESK);
        awaitText("I want examples");
        browser().findElement(By.linkText("I want examples")).click();
        awaitText("Each example trains a model here and now");
        browser().findElement(By.cssSelector("a.brand")).click();
        awaitText("Where to go");
    }
}
