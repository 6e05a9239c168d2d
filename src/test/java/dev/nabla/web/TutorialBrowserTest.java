package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/**
 * What docs/tutorials/csv.md tells to do, step by step, and the pictures of the documents:
 * {@code ./mvnw test -Dtest=TutorialBrowserTest -Dpictures.write=true} makes them anew.
 */
class TutorialBrowserTest extends BrowserTest {

    private static final Path IMAGES = Path.of("docs", "images");
    private static final Path TABLE = Path.of("src", "main", "workbench", "screens", "gallery", "examples", "cars.csv");

    @Test
    void aTableBecomesAFormulaToBeCopied() throws IOException {
        open("", DESK);
        awaitText("I have a table");
        browser().findElement(By.linkText("I have a table")).click();
        element("input[type=file]").sendKeys(TABLE.toAbsolutePath().toString());
        for (String[] column : new String[][] {{"Miles/gallon", "Target", "mpg"}, {"Gross horsepower", "Input", "hp"},
            {"Weight (1000 lb)", "Input", "wt"}}) {
            choose("Use of " + column[0], column[1]);
            type("Name of " + column[0], column[2]);
        }
        keep("csv-columns", "main table", "main form button.primary");
        button("Store this dataset").click();
        awaitText("Train a network on it");
        browser().findElement(By.linkText("Train a network on it")).click();
        awaitText("23 parameters, those of its normalization included, for 32 rows.");
        awaitText("down to “Final learning rate” in the last epoch");
        choose("Network", "Built here, below");
        type("Units", "20");
        awaitText("87 parameters, those of its normalization included, for 32 rows. So many can learn the rows by heart");
        type("Units", "2");
        awaitText("15 parameters, those of its normalization included, for 32 rows.");
        element("form");
        new Select(field("Optimizer")).selectByValue("lbfgs");
        type("Epochs", "50");
        type("Validation fraction", "0.25");
        type("Seed", "1");
        keep("csv-training", "main .columns", "main form button.primary");
        button("Start training").click();
        awaitText("Its model and formula");
        awaitText("What it has learned");
        element("main canvas");
        keep("csv-learned", "main h2", "main figure:last-of-type");
        browser().findElement(By.linkText("Its model and formula")).click();
        element(".formula .katex");
        awaitText("Take away");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("main pre")).stream().map(WebElement::getText))
                .anyMatch(text -> text.contains("\\tanh") && text.contains("\\mathrm{hp}")));
        keep("csv-formula", "[role=tablist]", "main pre");
    }

    @Test
    void theFirstScreenHasAFormulaAPictureAndALossCurve() throws IOException {
        open("", DESK);
        element(".formula .katex");
        element("button.primary").click();
        awaitText("Learned and true");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector(".pictures canvas"))).hasSize(2));
        keep("first-screen", "header", ".pictures");
    }

    @Test
    void picturesOfDocumentsAreSmall() throws IOException {
        try (Stream<Path> images = Files.list(IMAGES)) {
            List<Path> found = images.toList();
            assertThat(found).contains(IMAGES.resolve("first-screen.png"), IMAGES.resolve("csv-formula.png"));
            assertThat(found).allSatisfy(image -> assertThat(Files.size(image)).isLessThan(150_000));
        }
    }

    private void choose(String label, String text) {
        new Select(field(label)).selectByVisibleText(text);
    }

    /** Writes what is seen from one element to the last of others to docs/images, where that is asked for. */
    private void keep(String name, String from, String to) throws IOException {
        if (!Boolean.getBoolean("pictures.write")) {
            return;
        }
        browser().executeScript("document.activeElement.blur()");
        int top = element(from).getRect().getY();
        int bottom = browser().findElements(By.cssSelector(to)).stream().map(WebElement::getRect)
                .mapToInt(place -> place.getY() + place.getHeight()).max().orElseThrow();
        Map<String, Object> picture = browser().executeCdpCommand("Page.captureScreenshot", Map.of("format", "png",
                "captureBeyondViewport", true, "clip", Map.of("x", 0, "y", Math.max(0, top - 8), "width", DESK.width(),
                        "height", bottom - Math.max(0, top - 8) + 8, "scale", 1)));
        BufferedImage taken = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode((String) picture.get("data"))));
        // Smaller, without transparency.
        var opaque = new BufferedImage(taken.getWidth(), taken.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(taken, 0, 0, null);
        Files.createDirectories(IMAGES);
        ImageIO.write(opaque, "png", IMAGES.resolve(name + ".png").toFile());
    }
}
