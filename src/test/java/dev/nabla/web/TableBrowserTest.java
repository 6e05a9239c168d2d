package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** Tables in files and from the clipboard, of which datasets are made. */
class TableBrowserTest extends BrowserTest {

    private static final String TABLE = """
            "length [cm]";material;weight;note
            10,1;steel;1;a
            10,2;steel;2;b
            10,3;steel;3;c
            ?;steel;4;d
            10,2;brass;5;e
            10,1;brass;6;f
            10,4;brass;7;g
            99;brass;8;h
            """;

    @Test
    void aFileIsReadAsTheServiceReadsItAndWhatIsMissingOrOddIsMarked(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("springs.csv"), TABLE);
        open("#/data", DESK);
        button("A CSV file").click();
        field("CSV file").sendKeys(file.toString());
        awaitText("springs.csv");
        new Select(field("Decimals are written")).selectByVisibleText("1,5");
        type("Missing is written as", "?");
        new Select(field("Use of length [cm]")).selectByVisibleText("Target");
        new Select(field("Use of weight")).selectByVisibleText("Input");
        assertThat(chosen("Use of material")).isEqualTo("Input: 0 or 1 for each word");
        assertThat((List<?>) browser().executeScript("""
                return [...document.querySelectorAll('.csv select')].filter(select => {
                    const whole = select.cloneNode(true);
                    whole.replaceChildren(select.selectedOptions[0].cloneNode(true));
                    Object.assign(whole.style, { width: 'max-content', minWidth: 0, maxWidth: 'none' });
                    select.after(whole);
                    const isCut = whole.offsetWidth > select.offsetWidth;
                    whole.remove();
                    return isCut;
                }).map(select => select.selectedOptions[0].text);""")).as("choices that are cut").isEmpty();
        new Select(field("Use of note")).selectByVisibleText("Ignored");
        assertThat(texts(".csv td .missing")).containsExactly("? (missing)");
        assertThat(texts(".csv td .odd")).containsExactly("99 (odd)");
        button("Store this dataset").click();
        awaitText("Column 'length_cm' has no value on line 5");
        assertTheSummaryIsSeenAndHasTheFocus();
        new Select(field("Rows with missing values")).selectByVisibleText("Are left out");
        button("Store this dataset").click();
        awaitText("7 samples of ");
        awaitText("Left out as values are missing: 1 row.");
        JsonNode dataset = get("/v1/datasets/" + idInTheAddress()).json();
        assertThat(dataset.get("inputNames").toString()).isEqualTo("[\"material_brass\",\"material_steel\",\"weight\"]");
        assertThat(dataset.get("targetNames").toString()).isEqualTo("[\"length_cm\"]");
        assertThat(dataset.get("name").asString()).isEqualTo("springs");
        awaitText("Where the columns come from");
        open("#/data", DESK);
        button("A CSV file").click();
        awaitText("springs.csv");
    }

    @Test
    void theExampleIsStoredAsItStands() {
        open("#/data", DESK);
        button("A CSV file").click();
        button("Try an example").click();
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(field("CSV file")));
        button("Store this dataset").click();
        awaitText("14 samples of weight, material_brass, material_steel with length");
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(element("main h1")));
    }

    @Test
    void howNumbersAreWrittenIsFoundAndWhatCannotBeReadIsToldAtItsField(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("commas.csv"), "a;b\n6,53;1,5\n?;2,5\n8,5;3,5\n");
        Path ragged = Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3\n4,5,6\n");
        open("#/data", DESK);
        button("A CSV file").click();
        field("CSV file").sendKeys(ragged.toString());
        awaitText("Line 3 has 1 field, the first line has 2.");
        assertThat(chosen("Fields are separated by")).isEqualTo("As found: comma");
        field("CSV file").sendKeys(file.toString());
        awaitThat(() -> assertThat(chosen("Decimals are written")).isEqualTo("As found: 1,5"));
        new Select(field("Use of b")).selectByVisibleText("Ignored");
        awaitText("No column is a target");
        new Select(field("Use of b")).selectByVisibleText("Target");
        button("Store this dataset").click();
        assertTheSummaryIsSeenAndHasTheFocus();
        awaitThat(() -> assertThat(field("Missing is written as").getDomAttribute("aria-invalid")).isEqualTo("true"));
        type("Missing is written as", "?");
        new Select(field("Rows with missing values")).selectByVisibleText("Are left out");
        button("Store this dataset").click();
        awaitText("2 samples of a with b");
    }

    @Test
    void theNamesThatAreShownAreThoseThatAreStored() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<String> letters = List.of("a", "b", "Z", "1", "_", " ", "²", "é", "e\u0301", "½", "ﬁ", "Ω", "θ", "Å", "-", ".", "%", "日", "𝑥", "𐐀", "ª",
                "·", "ẞ", "x".repeat(40));
        var headers = new ArrayList<>(List.of("sin", "D", "inputs", "outputs", "a b", "a_b", "#", "sin_", "a-b", "", "2x", "x".repeat(70), "sin", "a b",
                "a b", "#", "", "x".repeat(64), "x".repeat(64)));
        while (headers.size() < 60) {
            String header = random.ints(1 + random.nextInt(5), 0, letters.size()).mapToObj(letters::get).collect(Collectors.joining()).strip();
            // What is drawn twice may have the name of another with its number.
            if (!headers.contains(header)) {
                headers.add(header);
            }
        }
        String numbers = IntStream.range(0, headers.size()).mapToObj(String::valueOf).collect(Collectors.joining(","));
        open("#/data", DESK);
        assertThat(drop("body", "names.csv", String.join(",", headers) + "\n" + numbers + "\n")).isTrue();
        awaitText("names.csv");
        List<String> shown = browser().findElements(By.cssSelector("table.csv thead input")).stream().map(name -> name.getDomProperty("value"))
                .toList();
        assertThat(shown).startsWith("sin_1", "D_", "inputs_", "outputs_", "a_b_1", "a_b", "c_1", "sin_");
        button("Store this dataset").click();
        awaitText("1 sample of ");
        JsonNode stored = get("/v1/datasets/" + idInTheAddress()).json();
        assertThat(Stream.of("inputNames", "targetNames").flatMap(side -> stored.get(side).valueStream()).map(JsonNode::asString))
                .as("of %s, by seed %d", headers, seed).containsExactlyElementsOf(shown);
    }

    @Test
    void columnsOfOneHeaderAreToldApartAndNamedOrIgnoredEachForItself() {
        open("#/data", DESK);
        button("A CSV file").click();
        assertThat(drop("body", "unclear.csv", "x,x,x_2\n1,2,3\n")).isTrue();
        awaitText("Number 2 of the columns x is called x_2, as another column is: give them different headers.");
        assertThat(drop("body", "twice.csv", "a,a,\"b, cm\",,y\n1,20,300,4000,5\n2,30,100,6000,7\n4,10,200,7000,8\n")).isTrue();
        assertThat(columns("Columns and first rows of 3")).extracting(column -> column.getText().lines().findFirst().orElse(""))
                .containsExactly("Row", "a (column 1)", "a (column 2)", "b, cm", "(column 4)", "y");
        awaitText("a_1, a_2, b_cm, c4, y; 3 rows");
        assertThat(texts("main tbody th")).contains("a_1", "a_2", "b_cm", "c4", "y");
        type("Name of a (column 2)", "second");
        type("Name of b, cm", "length");
        type("Name of (column 4)", "unnamed");
        new Select(field("Use of a (column 1)")).selectByVisibleText("Ignored");
        button("Store this dataset").click();
        awaitText("3 samples of second, length, unnamed with y");
        assertThat(get("/v1/datasets/" + idInTheAddress() + "/data").json().get("inputs").toString())
                .isEqualTo("[[20.0,300.0,4000.0],[30.0,100.0,6000.0],[10.0,200.0,7000.0]]");
        assertThat(get("/v1/datasets/" + idInTheAddress()).json().get("columns").findValuesAsString("header"))
                .containsExactly("a_2", "b, cm", "c4", "y");
    }

    @Test
    void whatBecomesOfWordsIsNamedBeforeItIsStored() {
        open("#/data", DESK);
        button("A CSV file").click();
        assertThat(drop("body", "kinds.csv", "kind,w,kind_b,y\nb,é!,1,1\na,,2,2\n?,q,3,3\nc,é!,4,4\n")).isTrue();
        type("Missing is written as", "?");
        awaitThat(() -> assertThat(described("Name of kind")).isEqualTo("Becomes kind_a, kind_b_2, kind_c."));
        assertThat(described("Name of w")).isEqualTo("Becomes w_q, w_é.");
        new Select(field("Rows with missing values")).selectByVisibleText("Are left out");
        awaitThat(() -> assertThat(described("Name of w")).isEqualTo("Becomes w_é."));
        assertThat(described("Name of kind")).isEqualTo("Becomes kind_b_2, kind_c.");
        button("Store this dataset").click();
        awaitText("2 samples of kind_b_2, kind_c, w_é, kind_b with y");
    }

    @Test
    void whatIsWrongWithQuotationMarksIsToldBeforeAndAfterItIsSent() {
        open("#/data", DESK);
        button("A CSV file").click();
        assertThat(drop("body", "open.csv", "x,y\n\"1\",2\n3, \"4\n5,6\n")).isTrue();
        awaitText("A quotation mark on line 3 is not closed, so that all behind it is one field.");
        button("Store this dataset").click();
        awaitText("The file is no CSV: Unclosed quoted field at end of input (record starting at line 3)");
        assertThat(drop("body", "behind.csv", "x,y\n\"1\" ,2\n3,\"4\"5\n")).isTrue();
        awaitText("On line 3 a field goes on behind its closing quotation mark.");
    }

    @Test
    void aColumnOfDatesIsToldInOneSentenceAtItsUse() {
        open("#/data", DESK);
        button("A CSV file").click();
        String rows = IntStream.range(1, 29).mapToObj(day -> "2024-02-%02d,%d,%d\n".formatted(day, day, day)).collect(Collectors.joining());
        assertThat(drop("body", "days.csv", "day,x,y\n" + rows)).isTrue();
        new Select(field("Use of day")).selectByVisibleText("Input");
        button("Store this dataset").click();
        awaitText("The column day holds dates such as 2024-02-01, and no numbers: choose “Ignored” here, or write a number such as the day or "
                + "the hour in their place.");
        awaitThat(() -> assertThat(field("Use of day").getDomAttribute("aria-invalid")).isEqualTo("true"));
        assertThat(element("[role=alert]").getText()).as("nothing in the words of the service").doesNotContain("oneHot", "finite", "line");
        new Select(field("Use of day")).selectByVisibleText("Ignored");
        button("Store this dataset").click();
        awaitText("28 samples of x with y");
    }

    private String chosen(String label) {
        return new Select(field(label)).getFirstSelectedOption().getText();
    }

    @Test
    void aFileThatIsDroppedAnywhereIsRead() {
        open("#/data", DESK);
        awaitText("21 by 21 places;");
        for (String place : List.of("main h1", "header", "body")) {
            assertThat(drop(place, "dropped on " + place + ".csv", "a,b\n1,2\n3,4\n")).as(place).isTrue();
            awaitText("dropped on " + place + ".csv");
        }
        awaitText("Columns and first rows of 2");
        button("Store this dataset").click();
        awaitText("2 samples of a with b");
    }

    @Test
    void theRowsThatAreSeenAreThoseOfTheFileThatIsNamedAndStored() {
        open("#/data", DESK);
        button("A CSV file");
        assertThat(drop("body", "second.csv", "x,y\n1,2\n3,4\n5,6\n")).isTrue();
        awaitText("Columns and first rows of 3");
        goHomeAndBackToTheTable();
        awaitText("Columns and first rows of 3");
        assertThat(drop("body", "third.csv", "x,y\n7,8\n9,10\n")).isTrue();
        awaitText("third.csv");
        goHomeAndBackToTheTable();
        awaitText("third.csv, 13 characters.");
        awaitText("Columns and first rows of 2");
        assertThat(texts(".csv tbody td")).containsExactly("7", "8", "9", "10");
        awaitThat(() -> assertThat(field("Name of the dataset").getDomProperty("value")).isEqualTo("third"));
        button("Store this dataset").click();
        awaitText("2 samples of x with y");
        assertThat(get("/v1/datasets/" + idInTheAddress()).json().get("name").asString()).isEqualTo("third");
    }

    @Test
    void cellsThatArePastedAnywhereAreReadButNotThoseForAFieldOfText() {
        open("#/data", DESK);
        button("A CSV file").click();
        field("CSV file");
        int rows = 1;
        for (String place : List.of("body", "main h1", "[role=tabpanel]", "[role=tab]", "main input[type=file]")) {
            rows++;
            assertThat(paste(place, "a\tb\n" + "1\t2\n".repeat(rows))).as(place).isTrue();
            awaitText("Columns and first rows of " + rows);
        }
        awaitText("pasted.csv");
        assertThat(paste("main input[type=text]", "a\tb\n1\t2\n")).isFalse();
        button("Store this dataset").click();
        awaitText(rows + " samples of a with b");
        assertThat(paste("body", "a\tb\n1\t2\n")).as("pasted where nothing is asked for").isFalse();
    }

    @Test
    void whatIsNoTableIsToldAtTheFile() {
        open("#/data", DESK);
        button("A CSV file");
        for (Map.Entry<String, String> told : Map.of(
                "PK\u0003\u0004\u0014\u0000xl/workbook.xml", "This is an Excel file: save it as CSV, or paste the cells.",
                "x,y\n1,\u0000\n", "This is no text: save it as CSV, or paste the cells.",
                " \n", "This file is empty.").entrySet()) {
            assertThat(drop("body", "odd.xlsx", told.getKey())).isTrue();
            awaitText(told.getValue());
            assertThat(field("CSV file").getDomAttribute("aria-invalid")).isEqualTo("true");
            assertThat(browser().findElements(By.cssSelector("table.csv"))).as("columns of what is no table").isEmpty();
        }
        assertThat(drop("body", "headers.csv", "x,y\n")).isTrue();
        awaitText("The file has headers only: below them it needs at least one row.");
        button("Store this dataset").click();
        awaitText("There are no rows.");
    }

    @Test
    void ofAColumnItIsSaidThatItsNumbersAreDressedAndHowManyOfItsWordsAreMissing() {
        open("#/data", DESK);
        button("A CSV file");
        assertThat(drop("body", "dressed.csv", "material;price;share;x\nsteel;1.234,5;10%;1,5\n;2.345,5;20 %;2,5\nbrass;1.000,0;5%;3,5\n"))
                .isTrue();
        for (String column : List.of("price", "share")) {
            awaitThat(() -> assertThat(described("Use of " + column)).startsWith(
                    "Holds numbers written with thousands separators, % or a currency, which are taken as words"));
        }
        assertThat(List.of(described("Use of material"), described("Use of x"))).containsOnly("");
        assertThat(texts(".csv td .missing")).containsExactly("missing");
        WebElement row = element("main").findElement(By.xpath(".//table[caption='Columns']//tr[th='material']"));
        assertThat(row.findElement(By.cssSelector(".missing")).getText()).isEqualTo("1");
    }

    /** What is said below a field. */
    private String described(String label) {
        String id = field(label).getDomAttribute("aria-describedby");
        return id == null ? "" : browser().findElement(By.id(id)).getText();
    }

    private void goHomeAndBackToTheTable() {
        element("header a[href='#/']").click();
        element("main a[href^='#/data']").click();
    }

    @Test
    void ofALongFileItIsSaidHowManyLinesWereLookedAt() {
        String line = "1,2\n";
        open("#/data", DESK);
        button("A CSV file");
        assertThat(drop("body", "longest.csv", "a,b\n" + line.repeat(19_999))).isTrue();
        awaitText("Columns and first rows of 19,999");
        assertThat(element("main").getText()).doesNotContain("Looked at here");
        assertThat(drop("body", "long.csv", "a,b\n" + line.repeat(20_000) + "1\n")).isTrue();
        awaitText("Columns and first rows of more than 19,999");
        awaitText("Looked at here are the first 20,000 lines");
        button("Store this dataset").click();
        assertTheSummaryIsSeenAndHasTheFocus();
        awaitText("20,002");
    }

    @Test
    void whatWasChosenOfAFileIsKeptForItAloneAndFoundAgain() {
        open("#/data", DESK);
        String shop = "Day;City;Sold\n1;Rome;2,5\n2;Oslo;3,5\n";
        assertThat(drop("body", "shop.csv", shop)).isTrue();
        new Select(field("Use of Day")).selectByVisibleText("Ignored");
        new Select(field("Rows with missing values")).selectByVisibleText("Are left out");
        browser().findElement(By.linkText("Models")).click();
        awaitText("Import a model");
        browser().findElement(By.linkText("Data")).click();
        button("A CSV file").click();
        awaitThat(() -> assertThat(chosen("Use of Day")).isEqualTo("Ignored"));
        assertThat(drop("body", "shop.csv", shop.replace("2,5", "2,25"))).isTrue();
        awaitText("2,25");
        assertThat(chosen("Use of Day")).isEqualTo("Ignored");
        assertThat(drop("body", "pump.csv", "Day,Flow\n1,2.5\n2,3.5\n")).isTrue();
        awaitText("pump.csv");
        awaitThat(() -> assertThat(chosen("Use of Day")).isEqualTo("Input"));
        assertThat(chosen("Rows with missing values")).isEqualTo("Are refused");
        assertThat(paste("body", "1,5\n2,5\n3,5\n")).isTrue();
        awaitText("Columns and first rows of 3");
        assertThat(chosen("Use of c1")).isEqualTo("Input");
        assertThat(browser().findElements(By.cssSelector("table.csv thead select"))).hasSize(1);
    }

    @Test
    void datesAndThousandsAreToldBeforeTheyAreTakenForSomethingElse() {
        open("#/data", DESK);
        assertThat(drop("body", "days.csv", "day;n\n1/2/2024;1,234\n2/2/2024;5,678\n")).isTrue();
        awaitText("Holds dates, which are taken as words: write a number such as the day or the hour in their place.");
        awaitText("In n every comma has three digits behind it: 1,234 is read as 1.234. If it is 1234, write it so.");
        assertThat(drop("body", "cost.csv", "x;cost;y\n0.5;2.031;2.0\n1.5;1.250;950\n2.5;-7.125;1.5\n")).isTrue();
        awaitText("In cost every point has three digits behind it: 2.031 is read as 2.031. If it is 2031, write it so.");
        assertThat(drop("body", "mass.csv", "x;mass\n0.5;2.031\n1.5;0.250\n")).isTrue();
        awaitText("mass.csv");
        awaitThat(() -> assertThat(described("Decimals are written")).as("no thousands begin with 0").isEmpty());
        assertThat(drop("body", "force.csv", "force;way;at\n3.201;5,55;08:15\n4.100;6,2;08:30\n")).isTrue();
        awaitText("As found: 1,5");
        awaitText("Holds numbers written with thousands separators, % or a currency, which are taken as words: write 1234,5 and 0,1, not "
                + "1.234,5 and 10%.");
        awaitText("Holds times, which are taken as words: write the hours or minutes as a number in their place.");
    }

    @Test
    void whatColumnsAreForIsGuessedAsTheyLook() {
        open("#/data", DESK);
        assertThat(drop("body", "trailing.csv", "x,y,\n1,2,\n2,3,\n")).isTrue();
        awaitText("Holds nothing, and is ignored.");
        assertThat(chosen("Use of y")).isEqualTo("Target");
        assertThat(drop("body", "flowers.csv", "width,length,kind\n1,2,a\n2,3,b\n3,4,b\n")).isTrue();
        awaitText("flowers.csv");
        awaitThat(() -> assertThat(chosen("Use of kind")).isEqualTo("Target: 0 or 1 for each word"));
        assertThat(chosen("Use of length")).isEqualTo("Input");
        assertThat(drop("body", "spaces.txt", "a b\n1 2\n2 3\n")).isTrue();
        awaitText("The lines have one field each, with words.");
        String words = IntStream.range(0, 25).mapToObj(i -> i + ",word" + i + "," + i).collect(Collectors.joining("\n"));
        assertThat(drop("body", "words.csv", "x,w,y\n" + words)).isTrue();
        awaitText("Holds 25 different words, too many for a column of 0 or 1 each.");
    }

    private List<String> texts(String selector) {
        return browser().findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
    }
}
