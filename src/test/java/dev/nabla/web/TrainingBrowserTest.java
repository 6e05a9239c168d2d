package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The screen of a training, looked at while it learns and when it is over, and trainings that are compared. */
class TrainingBrowserTest extends BrowserTest {

    private static final String HEAT = """
            {"name": "conductivity", "epochs": 60, "seed": 2, "optimizer": {"learningRate": 0.01},
             "network": {"inputs": ["x", "t"], "architecture": {"type": "equations", "parts": {"N": {"inputs": 2,
               "layers": [{"units": 8}, {"units": 1, "activation": "identity"}]}}, "coefficients": {"kappa": {"initial": 0.5}},
               "outputs": {"u": "sin(pi * x) * (1 + t * N(x, t))"}}},
             "loss": {"terms": [
               {"equation": "D(u, t) - kappa * D(u, x, x)", "sample": {"points": 200, "ranges": {"x": [0, 1], "t": [0, 1]}}},
               {"equation": "u - exp(-0.1 * pi^2 * t) * sin(pi * x)", "sample": {"points": 50, "ranges": {"x": [0, 1], "t": [0, 1]}}}]}}""";
    private static final Pattern REACHED = Pattern.compile("After epoch ([\\d,]+)");

    @Test
    void whoJustStartsHasTrainedANetworkAndSeesWhatItLearned() {
        open("#/training", DESK);
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitText("Its model: off by ");
        String id = idInTheAddress();
        JsonNode training = get("/v1/trainings/" + id).json();
        awaitThat(() -> assertThat(element("a.primary").getDomAttribute("href"))
                .startsWith("#/models/" + training.get("modelId").asString()));
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("canvas"))).hasSizeGreaterThanOrEqualTo(3));
        button("Rename").sendKeys(Keys.ENTER);
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(field("Name")));
        browser().switchTo().activeElement().sendKeys("first try", Keys.ENTER);
        awaitText("first try");
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(button("Rename")));
        assertThat(get("/v1/trainings/" + id).json().get("name").asString()).isEqualTo("first try");
    }

    @Test
    void wordsAreLearnedByCrossEntropyWithANetworkThatFitsOrIsBuilt() {
        String dataset = datasetOfWords();
        open("#/training?" + encoded("{\"training\": {\"epochs\": 20, \"datasetId\": \"" + dataset + "\"}}"), DESK);
        awaitText("size → 4 → 3 identity → kind_ant, kind_bee, kind_cat, inputs and outputs normalized");
        assertThat(help("Loss")).contains("Cross entropy (one column per class)");
        open("#/datasets/" + dataset, DESK);
        awaitText("Train a network on it");
        browser().findElement(By.linkText("Train a network on it")).click();
        awaitThat(() -> assertThat(new Select(field("Loss")).getFirstSelectedOption().getDomAttribute("value")).isEqualTo("cross-entropy"));
        open("#/training?" + encoded("{\"training\": {\"epochs\": 20, \"datasetId\": \"" + dataset + "\"}}"), DESK);
        new Select(field("Network")).selectByVisibleText("Built here, below");
        awaitThat(() -> assertThat(new Select(field("Normalization of outputs")).getFirstSelectedOption().getText())
                .isEqualTo("By mean and standard deviation"));
        new Select(field("Loss")).selectByValue("cross-entropy");
        awaitThat(() -> assertThat(new Select(field("Normalization of outputs")).getFirstSelectedOption().getText()).isEqualTo("None"));
        assertThat(new Select(field("Normalization of inputs")).getFirstSelectedOption().getText()).isNotEqualTo("None");
        new Select(field("Network")).selectByVisibleText("One that fits the data");
        awaitText("kind_cat, inputs normalized");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitText("Its model: its probabilities are off by ");
        JsonNode training = get("/v1/trainings/" + idInTheAddress()).json();
        String model = training.get("modelId").asString();
        List<double[]> likely = probabilities(model, "[[1], [2], [3], [4], [5], [6]]");
        long right = IntStream.range(0, 6).filter(row -> IntStream.range(0, 3)
                .allMatch(other -> likely.get(row)[row / 2] >= likely.get(row)[other])).count();
        // With a stored network that scales its outputs there is a way on, too.
        String scaled = trained("{\"epochs\": 1, \"datasetId\": \"" + dataset + "\", \"seed\": 1, \"network\": {\"inputs\": [\"size\"], \"outputs\": "
                + "[\"kind_ant\", \"kind_bee\", \"kind_cat\"], \"layers\": [{\"units\": 3}], \"normalization\": {\"outputs\": \"standard\"}}}");
        open("#/trainings/" + scaled, DESK);
        awaitText("Use these settings");
        browser().findElement(By.partialLinkText("Use these settings")).click();
        new Select(field("Loss")).selectByValue("cross-entropy");
        button("Take one like it that does not").click();
        awaitThat(() -> assertThat(new Select(field("Normalization of outputs")).getFirstSelectedOption().getText()).isEqualTo("None"));
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        open("#/training?" + encoded("{\"view\": \"all\", \"compare\": [\"" + scaled + "\", \"" + training.get("id").asString() + "\"]}"), DESK);
        awaitText("These have different losses,");
        open("#/models/" + model + "?view=errors", DESK);
        awaitText("Accuracy: " + ModelsBrowserTest.shown(right / 6.0) + " over all rows.");
        open("#/models/" + model + "?" + encoded("{\"view\": \"predictions\", \"inputs\": {\"size\": 6}}"), DESK);
        awaitText("Most likely: " + List.of("ant", "bee", "cat").get(largest(likely.get(5))) + ".");
        assertThat(columns("Prediction").stream().map(WebElement::getText)).containsExactly("Output", "Logit", "Probability");
        for (double each : likely.get(5)) {
            awaitText(ModelsBrowserTest.shown(each));
        }
        assertThat(paste("body", "size\n1\n60\n")).isTrue();
        awaitText("1 of 2 rows lies outside of what it was trained on.");
        assertThat(columns("2 rows of pasted.csv").stream().map(WebElement::getText)).contains("Most likely", "Outside of its data");
        open("#/models/" + model + "?view=formulas", DESK);
        awaitText("The outputs of this model are logits, any numbers; the probability of kind_ant is softmax(outputs)[1].");
        button("softmax(outputs)[3]").click();
        awaitThat(() -> assertThat(field("Equation").getDomProperty("value")).isEqualTo("softmax(outputs)[3]"));
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length).boxed().max(Comparator.comparingDouble(at -> values[at])).orElseThrow();
    }

    /** The exponentials of the outputs for each row, of their sum. */
    private List<double[]> probabilities(String model, String inputs) {
        JsonNode outputs = post("/v1/models/" + model + "/predictions", "{\"inputs\": " + inputs + "}").json().get("outputs");
        return IntStream.range(0, outputs.size()).mapToObj(row -> {
            double[] powers = IntStream.range(0, 3).mapToDouble(at -> Math.exp(outputs.at("/" + row + "/" + at).asDouble())).toArray();
            return Arrays.stream(powers).map(power -> power / Arrays.stream(powers).sum()).toArray();
        }).toList();
    }

    @Test
    void withValidationThePicturesAreThoseOfTheModel() {
        String id = post("/v1/trainings", "{" + SEED + ", \"validationFraction\": 0.5, \"epochs\": 10000000}").json()
                .get("id").asString();
        open("#/trainings/" + id, DESK);
        awaitText("These are its last parameters");
        button("Pause").click();
        element(".state.paused");
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(button("Resume")));
        button("Cancel").click();
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(button("Cancel it")));
        button("Cancel it").click();
        awaitText("Its model: off by ");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("These are its last parameters"));
    }

    @Test
    void aTrainingIsSeenWhileItLearnsAndIsPausedResumedAndCancelled() {
        String id = post("/v1/trainings", "{\"name\": \"long\", " + SEED + ", \"epochs\": 10000000}").json().get("id").asString();
        open("#/trainings/" + id, DESK);
        awaitText("After epoch ");
        int first = reached();
        awaitReachedBehind(first);
        assertThat(get("/v1/trainings/" + id).json().get("state").asString()).isEqualTo("running");
        button("Pause").click();
        element(".state.paused");
        button("Resume").click();
        element(".state.running, .state.queued");
        button("Cancel").click();
        awaitText("Cancel it and keep the model so far?");
        button("Cancel it").click();
        element(".state.cancelled");
        awaitText("The training is over: cancelled.");
        assertThat(get("/v1/trainings/" + id).json().get("modelId").isNull()).isFalse();
        awaitThat(() -> assertThat(browser().switchTo().activeElement().getText()).isEqualTo("Its model and formula"));
        awaitText("It cannot go on with more epochs, as it was cancelled.");
        assertThat(browser().findElements(By.linkText("Train on from its model"))).hasSize(1);
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).as("nothing is asked for before it is there").isEmpty();
    }

    @Test
    void oneThatEndsFarFromItsBestSaysSoAndIsStartedAgainWithAFallingRate() {
        String id = trained("""
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "dataset": {"inputs": [[1], [2], [3]], "targets": [[1], [2], [3]]}, "epochs": 4, "seed": 1,
                 "optimizer": {"type": "gradient-descent", "learningRate": 1}}""");
        open("#/trainings/" + id, DESK);
        awaitText("It ended far from its best.");
        button("Start again with a falling rate").click();
        awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(id));
        assertThat(get("/v1/trainings/" + idInTheAddress()).json().at("/optimizer/schedule/type").asString()).isEqualTo("cosine");
    }

    @Test
    void oneThatDivergesSaysWhatToDoAndItsSettingsAreCalledByWords() {
        String id = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "layers": [{"units": 1, "activation": "identity"}]}, "seed": 1, "epochs": 1000,
                 "dataset": {"inputs": [[1], [2]], "targets": [[1], [2]]},
                 "optimizer": {"type": "gradient-descent", "learningRate": 9, "schedule": {"type": "geometric", "finalLearningRate": 8}}}""",
                "Prefer", "wait=60").json().get("id").asString();
        open("#/trainings/" + id, DESK);
        awaitText("The loss became Infinity in epoch ");
        awaitText("; try a lower learning rate than 9.0, or gradient clipping");
        assertThat(element("main").getText()).doesNotContain("This is drawn as soon as");
        awaitText("Final learning rate 8");
        awaitText("Schedule, type Geometric");
        open("#/training?" + encoded("{\"view\": \"all\"}"), PHONE);
        awaitText("Trainings, newest first");
        assertThat(isSeenUnscrolled(columns("Trainings, newest first").get(2))).as("the loss on a phone").isTrue();
    }

    @Test
    void termsAndCoefficientsAreSeen() {
        String id = trained(HEAT);
        for (Window window : WINDOWS) {
            open("#/trainings/" + id, window);
            awaitText("kappa = ");
            awaitText("Its model, over where its points lie: no data say what it should be there. With kappa = ");
            assertThat(setting("Term 1")).startsWith("D(u, t) - kappa * D(u, x, x); ").contains("weight 1", "200 points", "x from 0 to 1, t from 0 to 1")
                    .doesNotContain("{", "null");
            assertThat(setting("Term 2")).startsWith("u - exp(-0.1 * pi^2 * t) * sin(pi * x); ").contains("50 points");
            awaitThat(() -> assertThat(field("Terms").isSelected()).isTrue());
            lookAt("training-terms", window);
        }
    }

    /** What stands beside a word in the table of settings. */
    private String setting(String name) {
        return element("main").findElement(By.xpath(".//table[caption='Settings']//tr[*[1]='" + name + "']/*[2]")).getText();
    }

    @Test
    void whatIsPostedAgainAsItsAnswerWasLostIsMadeOnce() {
        open("#/training", DESK);
        type("Tags", "answer lost");
        type("Epochs", "3");
        browser().executeScript("""
                const send = window.fetch;
                let isLost = false;
                window.fetch = async (input, init) => {
                  const answer = await send(input, init);
                  if (isLost || init?.method !== 'POST' || !String(input).endsWith('/v1/trainings')) return answer;
                  isLost = true;
                  throw new TypeError('The answer is lost.');
                };""");
        button("Start training").click();
        awaitText("The service cannot be reached.");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        assertThat(get("/v1/trainings?tag=answer%20lost").json().get("items").size()).isEqualTo(1);
        open("#/training", DESK);
        type("Tags", "answer lost");
        type("Epochs", "3");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        assertThat(get("/v1/trainings?tag=answer%20lost").json().get("items").size()).as("what has its answer may be made again").isEqualTo(2);
    }

    @Test
    void behindAScheduleThatFellToNothingATrainingBeginsFromTheModelInstead() {
        String id = trained("{" + SEED + ", \"epochs\": 4, \"optimizer\": {\"schedule\": {\"type\": \"cosine\"}}}");
        open("#/training?" + encoded("{\"training\": {\"continue\": \"" + id + "\", \"epochs\": 8}}"), DESK);
        awaitText("Its learning rate has fallen to 0, where it stays: with more epochs nothing would change.");
        assertThat(buttons()).contains("Start a new one instead").doesNotContain("Go on");
        open("#/trainings/" + id, DESK);
        awaitText("Its learning rate has fallen to 0, where it stays: with more epochs nothing would change.");
        assertThat(browser().findElements(By.partialLinkText("Go on with more"))).isEmpty();
        browser().findElement(By.linkText("Train on from its model")).click();
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(id));
        JsonNode next = get("/v1/trainings/" + idInTheAddress()).json();
        assertThat(next.get("initialModelId")).isEqualTo(get("/v1/trainings/" + id).json().get("modelId"));
        assertThat(next.at("/optimizer/schedule/type").asString()).isEqualTo("cosine");
    }

    @Test
    void whereTheRateHasFallenButNotToNothingBothWaysOnAreOffered() {
        String id = trained("{" + SEED + ", \"epochs\": 4, \"optimizer\": {\"schedule\": {\"type\": \"warm-up\", \"epochs\": 1,"
                + " \"then\": {\"type\": \"geometric\", \"finalLearningRate\": 0.0001}}}}");
        open("#/trainings/" + id, DESK);
        awaitText("Its learning rate has fallen to 1 × 10⁻⁴, where it stays: with more epochs little would change.");
        browser().findElement(By.partialLinkText("Go on with more")).click();
        awaitText("Its learning rate has fallen to 1 × 10⁻⁴");
        awaitText("It continues Training " + id.substring(0, 4) + ", as if");
        assertThat(buttons()).contains("Go on");
        String steady = trained("{" + SEED + ", \"epochs\": 4, \"optimizer\": {\"schedule\": {\"type\": \"cosine\", \"epochs\": 50}}}");
        open("#/trainings/" + steady, DESK);
        awaitText("Go on with more epochs");
        assertThat(element("main").getText()).doesNotContain("has fallen", "Train on from");
    }

    @Test
    void whatBeginsWithAModelSaysSoAndWhetherItsRowsWereSeenBefore() {
        String id = trained("{\"name\": \"first\", \"tags\": [\"kept\"], " + SEED + ", \"epochs\": 9, \"validationFraction\": 0.2,"
                + " \"earlyStopping\": {\"patience\": 1, \"minDelta\": 1}}");
        open("#/trainings/" + id, DESK);
        awaitText("It cannot go on with more epochs, as it stopped early.");
        browser().findElement(By.linkText("Train on from its model")).click();
        awaitText("It starts from a model, not from random weights.");
        assertThat(field("Tags").getDomProperty("value")).isEqualTo("kept");
        assertThat(field("Start from the model").isDisplayed()).as("settings that hold something are seen").isTrue();
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(id));
        awaitText("held out");
        assertThat(element("main").getText()).doesNotContain("may have been trained on rows that are held out");
        open("#/trainings/" + id, DESK);
        awaitText("Train on from its model");
        browser().findElement(By.linkText("Train on from its model")).click();
        type("Seed", "7");
        button("Start training").click();
        awaitText("may have been trained on rows that are held out here");
        browser().findElement(By.partialLinkText("Use these settings")).click();
        awaitText("It starts from a model, not from random weights.");
        new Select(field("Network")).selectByVisibleText("One that fits the data");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("It starts from a model"));
        assertThat(field("Start from the model").getDomProperty("value")).isEmpty();
    }

    private List<String> buttons() {
        return browser().findElements(By.cssSelector("main button")).stream().map(WebElement::getText).toList();
    }

    @Test
    void whereATrainingFailedIsToldByNumbersForPeople() {
        String id = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["u"], "layers": [{"units": 1}]}, "seed": 1, "epochs": 1,
                 "loss": {"terms": [{"equation": "u + 1/(x - 0.12345678901234568)",
                   "dataset": {"inputNames": ["x"], "targetNames": [], "inputs": [[0.12345678901234568]]}}]}}""",
                "Prefer", "wait=60").json().get("id").asString();
        assertThat(get("/v1/trainings/" + id).json().get("error").asString()).contains("0.12345678901234568");
        open("#/trainings/" + id, DESK);
        awaitText("for the sample x = 0.12346");
        assertThat(element("p.alert").getText()).doesNotContain("0.1234567");
    }

    @Test
    void networksThatDifferAreComparedByTheirSizes() {
        for (int units : new int[] {3, 5}) {
            trained("{\"name\": \"with " + units + "\", \"tags\": [\"sizes\"], \"epochs\": 2, \"seed\": 1,"
                    + " \"network\": {\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": " + units + "}, {\"units\": 1, \"activation\": \"identity\"}]},"
                    + " \"dataset\": {\"inputs\": [[1], [2]], \"targets\": [[1], [2]]}}");
        }
        open("#/training?" + encoded("{\"view\": \"all\", \"tag\": \"sizes\"}"), DESK);
        element("input[aria-label='Compare with 3']").click();
        element("input[aria-label='Compare with 5']").click();
        awaitText("x → 3 tanh → 1 identity → y");
        awaitText("x → 5 tanh → 1 identity → y");
        awaitThat(() -> assertThat(element("section[aria-labelledby=compared]").getText())
                .contains("Dataset").doesNotContain("Network id", "Dataset id"));
    }

    @Test
    void targetsThatHardlyCountAreMadeToCount() {
        String id = trained("""
                {"network": {"inputs": ["x"], "outputs": ["p", "f"], "layers": [{"units": 4}, {"units": 2, "activation": "identity"}],
                             "normalization": {"inputs": "standard", "outputs": "standard"}}, "epochs": 30, "seed": 1,
                 "dataset": {"grid": {"x": {"from": -1, "to": 1, "step": 0.1}}, "targets": {"p": "1e5 + 3e4 * x", "f": "x^2"}},
                 "optimizer": {"type": "lbfgs"}}""");
        open("#/trainings/" + id, DESK);
        awaitText("f (scale 0.");
        button("Start again with targets that count alike").click();
        awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(id));
        awaitText("The training is over: succeeded.");
        assertThat(element("main").getText()).doesNotContain("This may learn badly");
        assertThat(get("/v1/trainings/" + idInTheAddress()).json().at("/loss/terms")).hasSize(2);
    }

    @Test
    void anOutputIsComparedWithTheDataOfTheTermThatSaysWhatItIs() {
        String id = trained("""
                {"epochs": 5, "seed": 1, "network": {"inputs": ["x", "t"], "outputs": ["u"],
                   "layers": [{"units": 4}, {"units": 1, "activation": "identity"}]},
                 "dataset": {"grid": {"x": {"from": 0, "to": 1, "step": 0.1}, "t": {"from": 0, "to": 1, "step": 0.1}}, "targets": {"g": "100"}},
                 "loss": {"terms": [{"equation": "D(u, t) - D(u, x, x)"},
                   {"equation": "u - g", "dataset": {"inputNames": ["x", "t"], "targetNames": ["g"],
                     "inputs": [[0, 0], [0.5, 0], [1, 0]], "targets": [[5], [6], [5]]}}]}}""");
        open("#/trainings/" + id, DESK);
        awaitText("Its model: off the data of term 2 by ");
        String model = get("/v1/trainings/" + id).json().get("modelId").asString();
        JsonNode outputs = post("/v1/models/" + model + "/predictions", "{\"inputs\": [[0, 0], [0.5, 0], [1, 0]]}").json().get("outputs");
        double largest = IntStream.range(0, 3)
                .mapToDouble(row -> Math.abs(outputs.at("/" + row + "/0").asDouble() - List.of(5, 6, 5).get(row))).max().orElseThrow();
        awaitText(ModelsBrowserTest.shown(largest) + " at most");
        awaitText("The dots are the data of term 2.");
    }

    @Test
    void aWarningSaysInWordsWhatItIsOf() {
        String id = trained("""
                {"network": {"inputs": ["x"], "layers": [{"units": 2}, {"units": 1}]}, "epochs": 1,
                 "seed": 9007199254740993, "dataset": {"inputs": [[1000], [2000], [3000]], "targets": [[1], [2], [3]]}}""");
        open("#/trainings/" + id, DESK);
        awaitText("This may learn badly.");
        assertThat(element("section.warnings").getText()).contains("Dataset: the inputs x ").doesNotContain("/dataset", "{")
                .contains("give the network standard normalization of its inputs");
        awaitText("about 9.0072 × 10¹⁵");
        awaitText("Its seed has more digits than this page keeps");
    }

    @Test
    void trainingsAreComparedByLossAndSettings() {
        trained("{\"name\": \"slow\", \"tags\": [\"compared\"], " + SEED + ", \"epochs\": 20, \"validationFraction\": 0.2}");
        trained("{\"name\": \"fast\", \"tags\": [\"compared\"], " + SEED + ", \"epochs\": 20, \"optimizer\": {\"learningRate\": 0.01}}");
        trained("{\"name\": \"even\", \"tags\": [\"compared\", \"gallery\"], " + SEED + ", \"epochs\": 20, \"optimizer\": {\"learningRate\": 1e-9},"
                + " \"earlyStopping\": {\"patience\": 1, \"minDelta\": 1}}");
        open("#/training?" + encoded("{\"view\": \"all\", \"tag\": \"compared\"}"), DESK);
        awaitText("stopped early");
        assertThat(element("main table").getText()).doesNotContainIgnoringCase("No improvement");
        field("Without what the gallery made").click();
        awaitThat(() -> assertThat(element("main table").getText()).contains("slow", "fast").doesNotContain("even"));
        element("input[aria-label='Compare slow']").click();
        awaitText("One is chosen.");
        int place = element("input[aria-label='Compare fast']").getRect().getY();
        element("input[aria-label='Compare fast']").click();
        awaitText("Settings that differ");
        assertThat(browser().switchTo().activeElement().getDomAttribute("aria-label")).isEqualTo("Compare fast");
        assertThat(browser().switchTo().activeElement().getRect().getY()).as("the list stays in its place").isEqualTo(place);
        button("compared below the list").click();
        assertThat(browser().switchTo().activeElement().getText()).isEqualTo("Compared");
        awaitText("Learning rate");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("section[aria-labelledby=compared] table")).stream()
                .map(WebElement::getText)).satisfiesExactly(
                        models -> assertThat(models).contains("The models that they leave", "slow", "fast", "–"),
                        settings -> assertThat(settings).contains("0.001", "0.01").doesNotContain("Epochs")));
        String link = browser().getCurrentUrl();
        assertThat(link.substring(link.indexOf('#'))).as("nothing but what was chosen").hasSizeLessThan(250);
        for (Window window : WINDOWS) {
            open(link.substring(link.indexOf('#')), window);
            awaitText("Learning rate");
            element("canvas");
            lookAt("trainings", window);
        }
    }

    @Test
    void theListHasTheValidationLossAndRoomForItBesideWhyOneFailed() {
        String validated = trained("{\"tags\": [\"held\"], " + SEED + ", \"epochs\": 2, \"validationFraction\": 0.2}");
        post("/v1/trainings", """
                {"tags": ["held"], "network": {"inputs": ["x"], "outputs": ["u"], "layers": [{"units": 1}]}, "seed": 1, "epochs": 1,
                 "loss": {"terms": [{"equation": "u + 1/x", "dataset": {"inputNames": ["x"], "targetNames": [], "inputs": [[0]]}}]}}""",
                "Prefer", "wait=60");
        open("#/training?" + encoded("{\"view\": \"all\", \"tag\": \"held\"}"), DESK);
        double loss = get("/v1/trainings/" + validated).json().at("/progress/validationLoss").asDouble();
        awaitText(ModelsBrowserTest.shown(loss));
        List<WebElement> columns = columns("Trainings, newest first");
        assertThat(columns.stream().map(WebElement::getText)).contains("Training loss", "Validation loss");
        awaitText("for the sample x = 0");
        assertThat(columns.get(1).getText()).isEqualTo("State");
        assertThat(columns.get(1).getSize().width).isLessThan(240);
    }

    private int reached() {
        var found = REACHED.matcher(element("main").getText());
        return found.find() ? Integer.parseInt(found.group(1).replace(",", "")) : -1;
    }

    private void awaitReachedBehind(int first) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (reached() <= first && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(reached()).isGreaterThan(first);
    }
}
