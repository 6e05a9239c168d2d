package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.imports.FileBuilder;
import dev.nabla.onnx.ElementType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The screen on which models are read, drawn, asked and compared with their data. */
class ModelsBrowserTest extends BrowserTest {

    @Test
    void aFormulaHasTheLearnedNumbersAndIsTakenAwayInEveryFormat() {
        String id = gaussian();
        open("#/models/" + id + "?view=formulas&equation=D(z,x)", DESK);
        element(".formula .katex");
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value")).isEqualTo("D(z,x)"));
        for (WebElement format : new Select(field("Format")).getOptions()) {
            String name = format.getDomAttribute("value");
            new Select(field("Format")).selectByValue(name);
            JsonNode printed = post("/v1/expressions", """
                    {"modelId": "%s", "equations": ["D(z,x)"], "form": "scalar", "substituteParameters": true,
                     "shareSubexpressions": true, "format": "%s"%s}""".formatted(id, name, name.equals("latex") ? ", \"digits\": 4" : "")).json().at("/results/0");
            awaitText(printed.get(printed.hasNonNull("code") ? "code" : "expression").asString().strip());
        }
        button("D(z, y)").click();
        awaitText("A number; ");
        assertThat(browser().getCurrentUrl()).contains("D(z%2C%20y)");
        type("Equation", "z +");
        awaitThat(() -> assertThat(element(".caret").getDomProperty("textContent")).isEqualTo("z +\n   ^"));
    }

    @Test
    void predictionsAreThoseOfTheServiceByHandAndOfAFile(@TempDir Path folder) throws IOException {
        String id = gaussian();
        open("#/models/" + id + "?view=predictions", DESK);
        type("x", "0,5");
        type("y", "-0.25");
        awaitText(shown(predicted(id, "[0.5, -0.25]"), 9));
        assertThat(field("x").getDomProperty("value")).isEqualTo("0,5");
        type("y", "abc");
        awaitText("Nothing is shown while “y” cannot be read.");
        assertThat(element("main").getText()).as("nothing is said of what is no number").doesNotContain("Prediction\n");
        type("y", "-25");
        awaitText("This is outside of what it was trained on: y is 24 below −1. No data tell of what is there.");
        type("y", "-0.25");
        awaitText(shown(predicted(id, "[0.5, -0.25]"), 9));
        Path file = folder.resolve("points.csv");
        Files.writeString(file, "name;y;x\na;0,125;0,75\nb;-1;1\nc;;0,5\nd;0,5;NA\ne;1\n");
        field("CSV file").sendKeys(file.toString());
        awaitText("5 rows of points.csv");
        for (String without : List.of("3 of 5 rows have no prediction.", "Line 4: y is missing.", "Line 5: x is ‘NA’, which is no number.",
                "Line 6: has 2 fields, and the first line 3.")) {
            awaitText(without);
        }
        assertThat(field("CSV file").getDomProperty("value")).as("the file that was chosen").endsWith("points.csv");
        awaitText(shown(predicted(id, "[0.75, 0.125]"), 6));
        awaitText(shown(predicted(id, "[1, -1]"), 6));
        field("CSV file").sendKeys(Files.writeString(folder.resolve("far.csv"), "x,y\n0,0\n-4,2.5\n1e400,0\n").toString());
        awaitText("1 of 3 rows lies outside of what it was trained on.");
        awaitText("x by 3 (it had −1), y by 1.5 (it had 1)");
        awaitText("Line 4: x is ‘1e400’, which is too large.");
        assertThat(get("/v1/datasets?name=For%20predictions:%20points.csv").json().get("items")).isEmpty();
        assertThat(drop("main h1", "dropped.csv", "x,y\n0.25,0.5\n")).isTrue();
        awaitText("1 row of dropped.csv");
        awaitText(shown(predicted(id, "[0.25, 0.5]")));
        assertThat(paste("body", "x\ty\n0.5\t0.75\n0\t0\n")).isTrue();
        awaitText("2 rows of pasted.csv");
        assertThat(drop("body", "book.xlsx", "PK\u0003\u0004xl/workbook.xml")).isTrue();
        awaitText("This is an Excel file: save it as CSV, or paste the cells.");
        field("CSV file").sendKeys(Files.writeString(folder.resolve("other.csv"), "a;b\n1;2\n").toString());
        element("[role=alert]");
    }

    @Test
    void columnsOfOneHeaderAreFoundAgainByTheirOrderInAnotherFile() {
        String dataset = send(request("/v1/datasets/csv?targets=y&rename=a_2:second", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a,a,y\n1,2,21\n3,4,43\n"))).json().get("id").asString();
        String id = modelOf("{\"network\": {\"inputs\": [\"second\", \"a_1\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 1, "
                + "\"activation\": \"identity\"}]}, \"datasetId\": \"" + dataset + "\", \"epochs\": 1, \"optimizer\": {\"learningRate\": 1e-9}, "
                + "\"initialParameters\": {\"L1\": {\"W\": [[10, 1]], \"b\": [0]}}}");
        open("#/models/" + id + "?view=predictions", DESK);
        assertThat(field("CSV file").isEnabled()).isTrue();
        assertThat(drop("main h1", "again.csv", "note,a,y,a\n0,5,0,7\n")).isTrue();
        awaitText("Passed over: note, y.");
        awaitText(shown(predicted(id, "[7, 5]")));
        assertThat(drop("main h1", "open.csv", "a,a\n5,\"7\n")).isTrue();
        awaitText("A quotation mark on line 2 is not closed");
        assertThat(drop("main h1", "one.csv", "a,b\n5,7\n")).isTrue();
        awaitText("one.csv has no column a_2. Its columns are a, b.");
    }

    @Test
    void errorsAreThoseOverTheDataset() {
        String id = gaussian();
        JsonNode rows = get("/v1/datasets/" + training(id).get("datasetId").asString() + "/data").json();
        JsonNode outputs = predictions(id, rows.get("inputs").toString());
        double sum = 0;
        double largest = 0;
        for (int i = 0; i < rows.get("inputs").size(); i++) {
            double error = Math.abs(outputs.get(i).get(0).asDouble() - rows.get("targets").get(i).get(0).asDouble());
            sum += error;
            largest = Math.max(largest, error);
        }
        open("#/models/" + id + "?view=errors", DESK);
        awaitText("Over the 441 rows of its dataset.");
        List<String> cells = browser().findElements(By.cssSelector("[aria-label='Errors'] td")).stream()
                .map(WebElement::getText).toList();
        assertThat(cells.get(0)).isEqualTo(shown(sum / rows.get("inputs").size()));
        assertThat(cells.get(2)).isEqualTo(shown(largest));
    }

    @Test
    void modelsWithoutNamesAreCalledByTheirSweepsOrNetworksAndWhatTheirTrialsChose() {
        for (String name : List.of("", "\"name\": \"bell of a sweep\", ")) {
            String sweep = post("/v1/sweeps", """
                    {"name": "rates", "training": {%s"network": %s, "dataset": %s, "epochs": 1, "seed": 1},
                     "values": {"/optimizer/learningRate": [0.125, 0.25]}}""".formatted(name, SEED_NETWORK, GAUSSIAN)).json().get("id").asString();
            // Ends with the sweep.
            get("/v1/sweeps/" + sweep + "/events");
        }
        String other = modelOf("""
                {"network": {"name": "line", "inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1}]}, "epochs": 1, "seed": 1,
                 "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[0], [1]], "targets": [[0], [1]]}}""");
        assertThat(get("/v1/models/" + other).json().get("networkName").asString()).isEqualTo("line");
        open("#/models", DESK);
        for (String name : List.of("rates: Learning rate 0.125", "rates: Learning rate 0.25", "bell of a sweep (Learning rate 0.125)",
                "bell of a sweep (Learning rate 0.25)")) {
            awaitThat(() -> assertThat(browser().findElements(By.linkText(name))).hasSize(1));
        }
        element("a[href='#/models/" + other + "']").click();
        awaitThat(() -> assertThat(element("main h2").getText()).isEqualTo("line"));
    }

    @Test
    void classesAreToldByTheWordsOfTheFileAndCountedByWhatTheModelSays() {
        // Up to 3.25 it says ant, and bee beyond.
        String id = modelOf("""
                {"network": {"inputs": ["size"], "outputs": ["kind_ant", "kind_bee", "kind_cat"],
                   "layers": [{"units": 3, "activation": "identity"}]}, "initialParameters": {"L1": {"W": [[-2], [0], [0]], "b": [6.5, 0, -9]}},
                 "datasetId": "%s", "loss": "cross-entropy", "epochs": 1, "seed": 1, "optimizer": {"learningRate": 1e-9}}"""
                .formatted(datasetOfWords()));
        open("#/models/" + id + "?view=errors", DESK);
        awaitText("Accuracy: 0.5 over all rows.");
        assertThat(columns("Classes over all rows: what they are, and what the model says").stream().map(WebElement::getText))
                .containsExactly("In the dataset", "Model: ant", "Model: bee", "Model: cat");
        assertThat(browser().findElements(By.cssSelector("[aria-label^='Classes over'] tbody tr")).stream().map(WebElement::getText))
                .containsExactly("ant 2 0 0", "bee 1 1 0", "cat 0 2 0");
        open("#/models/" + id + "?view=predictions", DESK);
        awaitText("From a CSV file");
        assertThat(paste("body", "name\tsize\nfirst, small\t1\n\nsecond\t\nthird\t5\n")).isTrue();
        awaitText("1 of 3 rows have no prediction.");
        List<String> lines = downloaded().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("line of the file\tname\tsize\tkind_ant\tkind_bee\tkind_cat\tprobability of kind_ant"
                + "\tprobability of kind_bee\tprobability of kind_cat\tmost likely");
        assertThat(lines.get(1)).startsWith("2\tfirst, small\t1\t4.").endsWith("\tant");
        assertThat(lines.get(2)).isEqualTo("4\tsecond\t" + "\t".repeat(7));
        assertThat(lines.get(3)).startsWith("5\tthird\t5\t-3.").endsWith("\tbee");
    }

    @Test
    void targetsThatAreApartAreCountedEachByItself() {
        String id = modelOf("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "initialParameters": {"L1": {"W": [[1]], "b": [0]}}, "loss": "binary-cross-entropy", "epochs": 1, "seed": 1,
                 "optimizer": {"learningRate": 1e-9},
                 "dataset": {"inputNames": ["x"], "targetNames": ["y"], "inputs": [[-2], [-1], [1], [2], [3]],
                   "targets": [[0], [1], [1], [1], [0]]}}""");
        open("#/models/" + id + "?view=errors", DESK);
        awaitText("Accuracy: 0.6 over all rows.");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[aria-label^='y over all rows'] tbody tr")).stream()
                .map(WebElement::getText)).containsExactly("no 1 1", "yes 1 2"));
    }

    @Test
    void predictionsAreTakenAlongAsTheFileIsWritten() {
        String id = gaussian();
        open("#/models/" + id + "?view=predictions", DESK);
        awaitText("From a CSV file");
        assertThat(drop("body", "points.csv", "name;y;x;z\n\"a; \"\"b\"\"\";0,125;0,75;1\nc;5;0;1\n")).isTrue();
        awaitText("1 of 2 rows lies outside");
        List<String> lines = downloaded().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("line of the file;name;y;x;z;predicted z;outside of its data");
        String value = Double.toString(predicted(id, "[0.75, 0.125]")).replace('.', ',');
        assertThat(lines.get(1)).isEqualTo("2;\"a; \"\"b\"\"\";0,125;0,75;1;" + value + ";");
        assertThat(lines.get(2)).startsWith("3;c;5;0;1;").endsWith(";y");
    }

    /** What the button for a file hands over. */
    private String downloaded() {
        browser().executeScript("""
                const make = URL.createObjectURL;
                URL.createObjectURL = blob => { blob.text().then(text => { window.downloaded = text; }); return make.call(URL, blob); };""");
        button("Download").click();
        awaitText("Saved as predictions.csv.");
        awaitTrue(() -> browser().executeScript("return window.downloaded") != null);
        return (String) browser().executeScript("return window.downloaded");
    }

    /** Of y = a + b + c + d + e, of which the line behind the others has 10 more. */
    @Test
    void theRowsFarthestOffHaveTheirErrorsInFrontAndAllInputsBehind() {
        String id = modelOf("""
                {"network": {"inputs": ["a", "b", "c", "d", "e"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "initialParameters": {"L1": {"W": [[1, 1, 1, 1, 1]], "b": [0]}}, "epochs": 1, "optimizer": {"learningRate": 1e-9},
                 "dataset": {"inputNames": ["a", "b", "c", "d", "e"], "targetNames": ["y"],
                   "inputs": [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 0, 1, 0, 7]], "targets": [[15], [15], [19]]}}""");
        open("#/models/" + id + "?view=errors", DESK);
        List<WebElement> columns = columns("y: the rows that are farthest off");
        assertThat(columns.stream().map(WebElement::getText)).containsExactly("Row", "Off by", "Dataset", "Model", "a", "b", "c", "d", "e");
        assertThat(columns.subList(0, 4)).allMatch(this::isSeenUnscrolled);
        assertThat(browser().findElement(By.xpath("//table[starts-with(caption, 'y: the rows')]/tbody/tr")).getText())
                .isEqualTo("3 −10 19 9 1 0 1 0 7");
        awaitText("row 1 is line 2");
    }

    @Test
    void aColumnOfWordsIsAChoiceOfItsWordsWhereverItsModelIsAsked() {
        String id = ofWords();
        open("#/models/" + id + "?view=predictions", DESK);
        assertThat(new Select(field("material")).getOptions().stream().map(WebElement::getText)).containsExactly("brass", "steel");
        type("weight", "2");
        new Select(field("material")).selectByVisibleText("steel");
        awaitText(shown(predicted(id, "[2, 0, 1]"), 9));
        new Select(field("material")).selectByVisibleText("brass");
        awaitText(shown(predicted(id, "[2, 1, 0]"), 9));
        open("#/models/" + id + "?view=picture", DESK);
        awaitText("length over weight");
        awaitText(" at material = brass.");
        new Select(field("material")).selectByVisibleText("steel");
        awaitText(" at material = steel.");
        assertThat(browser().findElements(By.xpath("//label[.='Across' or .='Upwards']"))).as("there is one number").isEmpty();
        open("#/models/" + id + "?view=errors", DESK);
        assertThat(columns("length: the rows that are farthest off").stream().map(WebElement::getText)).endsWith("weight", "material");
    }

    @Test
    void aWordThatWasOnlyInRowsHeldOutIsOutsideOfWhatAModelWasTrainedOn() {
        String dataset = send(request("/v1/datasets/csv?targets=y&oneHot=w", "Content-Type", "text/csv").POST(
                BodyPublishers.ofString("w,y\ncommon,1\ncommon,2\ncommon,3\nrare,4\n"))).json().get("id").asString();
        // The seed decides which row is held out: one that holds out the fourth is looked for.
        String id = IntStream.rangeClosed(1, 40).mapToObj(seed -> modelOf("""
                {"network": {"inputs": ["w_common", "w_rare"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "datasetId": "%s", "epochs": 1, "seed": %d, "validationFraction": 0.25}""".formatted(dataset, seed)))
                .filter(model -> get("/v1/trainings/" + training(model).get("id").asString() + "/validation-rows").json()
                        .at("/rows/0").asInt() == 3).findFirst().orElseThrow();
        open("#/models/" + id + "?view=predictions", DESK);
        awaitText("Prediction");
        assertThat(element("main").getText()).doesNotContain("outside of what it was trained on");
        new Select(field("w")).selectByVisibleText("rare");
        awaitText("This is outside of what it was trained on: no row had w = rare. No data tell");
    }

    /** A model of a file in which a column has words. */
    String ofWords() {
        JsonNode dataset = send(request("/v1/datasets/csv?targets=length&oneHot=material", "Content-Type", "text/csv").POST(
                BodyPublishers.ofString("weight,material,length\n1,brass,2\n2,steel,3\n3,brass,4\n4,steel,7\n"))).json();
        return modelOf("""
                {"network": {"inputs": ["weight", "material_brass", "material_steel"], "outputs": ["length"],
                   "layers": [{"units": 1, "activation": "identity"}]}, "datasetId": "%s", "epochs": 5, "seed": 1}"""
                .formatted(dataset.get("id").asString()));
    }

    @Test
    void rowsHeldOutAreToldApartAndTheModelIsThatOfItsEpoch() {
        String id = modelOf("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "dataset": {"grid": {"x": {"from": 0.25, "to": 2, "step": 0.25}}, "targets": {"y": "x"}}, "validationFraction": 0.25,
                 "metrics": ["mae"], "epochs": 5, "seed": 1, "optimizer": {"type": "gradient-descent", "learningRate": 0.6}}""");
        JsonNode training = training(id);
        String path = "/v1/trainings/" + training.get("id").asString();
        JsonNode rows = get("/v1/datasets/" + training.get("datasetId").asString() + "/data").json();
        JsonNode outputs = predictions(id, rows.get("inputs").toString());
        Set<Integer> heldOut = StreamSupport.stream(get(path + "/validation-rows").json().get("rows").spliterator(), false)
                .map(JsonNode::asInt).collect(Collectors.toSet());
        Map<Boolean, Double> means = IntStream.range(0, 8).boxed().collect(Collectors.partitioningBy(heldOut::contains,
                Collectors.averagingDouble(row -> Math.abs(outputs.get(row).get(0).asDouble() - rows.at("/targets/" + row + "/0").asDouble()))));
        open("#/models/" + id + "?view=errors", DESK);
        awaitText("some of which were held out");
        List<String> cells = browser().findElements(By.cssSelector("[aria-label='Errors'] td")).stream().map(WebElement::getText).toList();
        assertThat(cells.subList(0, 2)).containsExactly("6 trained on", shown(means.get(false)));
        assertThat(cells.subList(cells.size() / 2, cells.size() / 2 + 2)).containsExactly("2 held out", shown(means.get(true)));
        JsonNode metrics = get(path + "/metrics").json();
        int best = IntStream.range(0, 5).boxed().min(Comparator.comparingDouble(at -> metrics.at("/validationLoss/" + at).asDouble())).orElseThrow();
        assertThat(best).as("else the last epoch's would do").isLessThan(4);
        String loss = shown(metrics.at("/loss/" + best).asDouble());
        String validation = shown(metrics.at("/validationLoss/" + best).asDouble());
        open("#/models/" + id, DESK);
        awaitText("Epoch that it is of\n" + (best + 1) + ", with the least validation loss");
        awaitText("Training loss of that epoch\n" + loss + "\nValidation loss, over the rows held out\n" + validation);
        open("#/trainings/" + training.get("id").asString(), DESK);
        awaitText("Its model is of epoch\n" + (best + 1) + "\nTraining loss of that epoch\n" + loss + "\nValidation loss of its model\n" + validation);
        awaitText("mae = " + shown(metrics.at("/mae/" + best).asDouble()));
        awaitText(" in epoch " + (best + 1) + ", of which the model is.");
        awaitText(" at the rows trained on; by ");
        awaitText("Those held out, which it is not trained on, have a colour of their own.");
    }

    @Test
    void aPictureTellsWhereItGoesAndTheServiceDrawsTheSame() {
        open("#/models/" + gaussian() + "?view=picture&equation=log(x)&kind=contours", DESK);
        awaitText("it has no value: there are gaps.");
        String address = element(".paper a").getDomProperty("href");
        assertThat(get(address.substring(address.indexOf("/v1/"))).response().body()).contains("<svg");
        new Select(field("Upwards")).selectByVisibleText("The values, as a curve");
        type("x from", "0.5");
        awaitText("log(x) goes from −0.69315 to 0 at y = 0.");
        type("Equation", "D(outputs, inputs)");
        new Select(field("Entry")).selectByVisibleText("[1, 2]");
        awaitText("D(outputs, inputs)[1, 2] over x");
        String link = browser().getCurrentUrl();
        open(link.substring(link.indexOf('#')), DESK);
        awaitText("D(outputs, inputs)[1, 2] over x");
        awaitThat(() -> assertThat(field("x from").getDomProperty("value")).isEqualTo("0.5"));
    }

    @Test
    void aRangeThatIsNoneStandsAtItsFieldsAndNothingIsDrawn() {
        open("#/models/" + gaussian() + "?view=picture", DESK);
        element(".chart canvas");
        String to = field("x to").getDomProperty("value");
        for (String wrong : List.of("5", "")) {
            type("x from", wrong.isEmpty() ? Keys.BACK_SPACE.toString() : wrong);
            awaitText(wrong.isEmpty() ? "Write a number." : "Must be less than " + to + ".");
            awaitThat(() -> assertThat(field("x from").getDomAttribute("aria-invalid")).isEqualTo("true"));
            awaitTrue(() -> browser().findElements(By.cssSelector(".chart, .paper")).isEmpty());
        }
        type("x from", "0.5");
        element(".chart canvas");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[aria-invalid]"))).isEmpty());
        type("Equation", "z +");
        awaitTrue(() -> browser().findElements(By.cssSelector(".chart, .paper")).isEmpty());
    }

    @Test
    void aModelIsFoundInTheListAndDeletedThere() {
        String id = gaussian();
        open("#/models", DESK);
        element("a[href='#/models/" + id + "']").click();
        awaitText("Model loss, over its dataset");
        button("Rename").click();
        type("Name", "to be deleted");
        button("Save").click();
        awaitText("to be deleted@1");
        field("Another alias").sendKeys(Keys.ENTER);
        awaitText("Write one, such as champion.");
        type("Another alias", "a b/c");
        button("Add the alias").click();
        awaitText("It may have letters, digits, - and _, such as champion.");
        type("Another alias", "champion");
        button("Add the alias").click();
        awaitText("to be deleted@champion");
        assertThat(get("/v1/models/" + id).json().get("aliases").toString()).isEqualTo("[\"champion\"]");
        element("[aria-label='Remove the alias champion']").click();
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("@champion"));
        open("#/models", DESK);
        element("[aria-label='Delete to be deleted']").click();
        awaitText("Delete it for good?");
        element(".act .primary").click();
        // The question stands where the button was, so that this alone does not tell that it is deleted.
        awaitThat(() -> assertThat(get("/v1/models/" + id).status()).isEqualTo(404));
        awaitTrue(() -> browser().findElements(By.cssSelector("[aria-label='Delete to be deleted']")).isEmpty());
        open("#/models/" + id, DESK);
        awaitText("Not found. There is no model");
    }

    @Test
    void parametersAreImportedAndWhatIsNoModelIsToldSo(@TempDir Path folder) throws IOException {
        open("#/models", DESK);
        element("summary").click();
        field("File of a model").sendKeys(Files.writeString(folder.resolve("broken.json"), "{").toString());
        button("Import it").click();
        awaitText("broken.json is not written as JSON.");
        String parameters = "{\"L1\": {\"W\": [[1, 2], [3, 4]], \"b\": [0, 0]}, \"L2\": {\"W\": [[1, 1]], \"b\": [0.5]}}";
        field("File of a model").sendKeys(Files.writeString(folder.resolve("brought.json"), parameters).toString());
        type("Inputs", "a, b");
        type("Outputs", "c");
        type("Activation of the inner layers", "relu");
        button("Import it").click();
        awaitText("None: it was brought.");
        String address = browser().getCurrentUrl();
        String id = address.substring(address.lastIndexOf('/') + 1);
        assertThat(predictions(id, "[[1, 1]]").at("/0/0").asDouble()).isEqualTo(10.5);
    }

    @Test
    void ofAFileOfTorchSaveItIsSaidWhatCanBeBroughtInstead() {
        open("#/models", DESK);
        awaitText("Import a model");
        assertThat(drop("body", "net.pt", "PK\u0003\u0004\b\bnet/data.pkl")).isTrue();
        button("Import it").click();
        awaitText("what can be brought of PyTorch is a model that torch.onnx.export wrote, or the parameters of its state_dict(), as JSON or in "
                + "an .npz of NumPy");
    }

    @Test
    void aModelThatWasBroughtHasFoundNoCoefficients() {
        byte[] file = new FileBuilder(17, ElementType.DOUBLE, 1).input("x", 2).numbers("scale", List.of(2), 3, 4).node("Mul", "x scale", "y")
                .output("y", 2).bytes();
        String id = send(request("/v1/models/import/onnx", "Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(file)))
                .json().get("id").asString();
        open("#/models/" + id, DESK);
        awaitText("Coefficients of its equations");
        assertThat(element("main").getText()).doesNotContain("that it found");
    }

    @Test
    void aModelThatIsDroppedAnywhereIsImported() {
        open("#/models", DESK);
        awaitText("Import a model");
        String parameters = "{\"L1\": {\"W\": [[1, 2]], \"b\": [0]}}";
        for (String place : List.of("main h1", "header", "body")) {
            assertThat(drop(place, "dropped on " + place + ".json", parameters)).as(place).isTrue();
            awaitText("dropped on " + place + ".json");
        }
        button("Import it").click();
        awaitText("None: it was brought.");
        awaitText("dropped on body");
    }

    @Test
    void everyViewFitsEveryWindowAndIsThereForEverybody() {
        String id = gaussian();
        for (Window window : WINDOWS) {
            open("#/models", window);
            element("tbody tr");
            lookAt("models", window);
            open("#/models/" + id, window);
            awaitText("L3.W");
            lookAt("model", window);
            open("#/models/" + id + "?view=formulas", window);
            element(".formula .katex");
            lookAt("model-formulas", window);
            for (String kind : List.of("surface", "contours")) {
                open("#/models/" + id + "?view=picture&kind=" + kind, window);
                element(".chart canvas");
                lookAt("model-" + kind, window);
            }
            open("#/models/" + id + "?view=predictions", window);
            awaitText("Prediction");
            lookAt("model-predictions", window);
            open("#/models/" + id + "?view=errors", window);
            element(".chart canvas");
            lookAt("model-errors", window);
        }
    }

    private String gaussian() {
        return modelOf("""
                {"network": %s, "dataset": %s, "epochs": 5, "seed": 1, "optimizer": {"learningRate": 0.01}}"""
                .formatted(SEED_NETWORK, GAUSSIAN));
    }

    private JsonNode training(String model) {
        return get("/v1/trainings/" + get("/v1/models/" + model).json().get("trainingId").asString()).json();
    }

    private double predicted(String id, String input) {
        return predictions(id, "[" + input + "]").at("/0/0").asDouble();
    }

    private JsonNode predictions(String id, String inputs) {
        return post("/v1/models/" + id + "/predictions", "{\"inputs\": " + inputs + "}").json().get("outputs");
    }

    /** A number as the page writes those from a thousandth to a million. */
    static String shown(double value) {
        return shown(value, 5);
    }

    private static String shown(double value, int digits) {
        assertThat(value == 0 ? 1 : Math.abs(value)).isBetween(1e-3, 1e6);
        return new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros().toPlainString().replace('-', '−');
    }
}
