package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

/** Rows by hand, of which datasets are made. */
class RowsBrowserTest extends BrowserTest {

    @Test
    void rowsAreTypedByHand() {
        open("#/data", DESK);
        button("Rows by hand").click();
        WebElement cell = element("input[aria-label='x, row 4']");
        cell.sendKeys("1,5");
        awaitThat(() -> assertThat(element("input[aria-label='y, row 4']").getDomAttribute("aria-invalid"))
                .isEqualTo("true"));
        awaitThat(() -> assertThat(element("input[aria-label='y, row 4']").getCssValue("border-color"))
                .isNotEqualTo(element("input[aria-label='y, row 1']").getCssValue("border-color")));
        cell.sendKeys(Keys.TAB);
        awaitThat(() -> assertThat(cell.getDomProperty("value")).isEqualTo("1.5"));
        browser().switchTo().activeElement().sendKeys("1");
        button("Store this dataset").click();
        awaitText("4 samples of x with y");
        JsonNode rows = get("/v1/datasets/" + idInTheAddress() + "/data").json();
        assertThat(rows.toString()).contains("\"inputs\":[[0.0],[0.5],[1.0],[1.5]]", "\"targets\":[[0.0],[0.48],[0.84],[1.0]]");
    }

    @Test
    void whatIsPastedAmongRowsTakesThePlaceOfTheExampleWithItsOwnColumnsAndDecimals() {
        open("#/data", DESK);
        button("Rows by hand").click();
        assertThat(paste("input[aria-label='x, row 1']", "1,5\n2,5\n3,5\n")).isTrue();
        awaitCells("1.5", "", "2.5", "", "3.5", "", "", "");
        assertThat(paste("input[aria-label='x, row 1']", "1.234\t1,5\n2.500,5\t3\n")).isTrue();
        awaitCells("1234", "1.5", "2500.5", "3", "3.5", "", "", "", "", "");
        assertThat(paste("input[aria-label='x, row 1']", "1,234")).isTrue();
        awaitThat(() -> assertThat(element("input[aria-label='x, row 1']").getDomAttribute("aria-invalid")).isEqualTo("true"));
        open("#/", DESK);
        open("#/data", DESK);
        button("Rows by hand").click();
        assertThat(paste("input[aria-label='x, row 2']", "q\tp\tE\n1,234.5\t2\t3\n4\t5\t6\n")).isTrue();
        awaitCells("1,234.5", "2", "3", "4", "5", "6", "", "", "");
        assertThat(element("input[aria-label='q, row 1']").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(paste("input[aria-label='q, row 3']", "7\t8\t9\n".repeat(300))).isTrue();
        awaitText("Of the 300 rows that were pasted the last 102 are not here");
    }

    private void awaitCells(String... texts) {
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("table.cells td input")).stream()
                .map(cell -> cell.getDomProperty("value"))).containsExactly(texts));
    }
}
