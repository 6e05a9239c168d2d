package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The form in which trainings are written. */
class TrainingFormBrowserTest extends BrowserTest {

    @Test
    void defaultsAreThoseOfTheDocumentAndErrorsStandAtTheirFields() {
        open("#/training", DESK);
        JsonNode schemas = get("/v3/api-docs").json().at("/components/schemas");
        awaitThat(() -> assertThat(Double.parseDouble(String.valueOf(field("Learning rate").getDomProperty("value"))))
                .isEqualTo(schemas.at("/AdamSettings/properties/learningRate/default").asDouble()));
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value"))
                .isEqualTo(schemas.at("/TrainingRequest/properties/epochs/default").asString()));
        new Select(field("Optimizer")).selectByVisibleText("Momentum");
        awaitThat(() -> assertThat(field("Momentum").getDomProperty("value"))
                .isEqualTo(schemas.at("/MomentumSettings/properties/momentum/default").asString()));
        type("Epochs", "0");
        type("Equation", "x + qq");
        button("Start training").click();
        awaitText("must be between 1 and 10,000,000, was 0");
        awaitThat(() -> assertThat(field("Epochs").getDomAttribute("aria-invalid")).isEqualTo("true"));
        awaitThat(() -> assertThat(field("Equation").getDomAttribute("aria-invalid")).isEqualTo("true"));
        browser().findElement(By.xpath("//button[normalize-space()='Epochs']")).click();
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(field("Epochs")));
    }

    @Test
    void whatIsNoNumberIsToldAtItsFieldAndNothingIsTrainedWithIt() {
        open("#/training", DESK);
        assertThat(help("Learning rate")).contains("0.001 if left out");
        type("Learning rate", "1e");
        button("Start training").click();
        awaitThat(() -> assertThat(field("Learning rate").getDomAttribute("aria-invalid")).isEqualTo("true"));
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(field("Learning rate")));
        awaitText("This is no number.");
        browser().switchTo().activeElement().sendKeys("-2");
        awaitThat(() -> assertThat(field("Learning rate").getDomAttribute("aria-invalid")).isNull());
        type("Epochs", "5");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitThat(() -> assertThat(browser().switchTo().activeElement())
                .as("the new page begins with it").isEqualTo(element("main h1")));
        JsonNode training = get("/v1/trainings/" + idInTheAddress()).json();
        assertThat(training.at("/optimizer/learningRate").asDouble()).isEqualTo(0.01);
    }

    @Test
    void aNumberThatIsWrittenOtherwiseIsNotReadAsAnotherAndAFieldCanBeEmptied() {
        open("#/training", DESK);
        assertThat(help("Learning rate")).contains("0.001 if left out");
        for (String text : List.of("1,000", "1.000,5", "1.000.000", "0x10", "ten", "1e999")) {
            type("Learning rate", text);
            awaitThat(() -> assertThat(field("Learning rate").getDomAttribute("aria-invalid")).as(text).isEqualTo("true"));
            assertThat(field("Learning rate").getDomProperty("value")).isEqualTo(text);
        }
        type("Learning rate", "-12,345");
        awaitText("Its comma may stand before decimals or between thousands. Write -12.345 or -12345.");
        type("Seed", "9007199254740993");
        awaitText("Has more digits than can be kept here: at most 9007199254740991.");
        type("Seed", "9007199254740991");
        awaitThat(() -> assertThat(field("Seed").getDomAttribute("aria-invalid")).isNull());
        type("Learning rate", "0.02");
        awaitThat(() -> assertThat(field("Learning rate").getDomAttribute("aria-invalid")).isNull());
        field("Learning rate").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
        assertThat(field("Learning rate").getDomProperty("value")).isEmpty();
        field("Learning rate").sendKeys(Keys.TAB);
        awaitThat(() -> assertThat(field("Learning rate").getDomProperty("value")).isEqualTo("0.001"));
        field("Learning rate").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, "0.05");
        type("Epochs", "5");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        assertThat(get("/v1/trainings/" + idInTheAddress()).json().at("/optimizer/learningRate").asDouble()).isEqualTo(0.05);
    }

    @Test
    void whatCannotBeReadLeavesNothingThatCouldAndNoOlderRefusal() {
        open("#/training", DESK);
        type("Epochs", "150x5");
        awaitText("This is no number. Write it as 100.");
        browser().navigate().refresh();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).as("as by default").isEqualTo("100"));
        browser().findElement(By.xpath("//summary[.='More settings']")).click();
        type("Gradient clipping", "0");
        button("Start training").click();
        awaitText("must be above 0, was 0.0");
        type("Gradient clipping", "x");
        awaitText("This is no number.");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("must be above 0"));
    }

    @Test
    void aDatasetThatIsChosenBringsItsSettingsAndWhatWasTypedStays() {
        String dataset = datasetOfWords();
        open("#/training", DESK);
        awaitThat(() -> assertThat(new Select(field("Dataset")).getOptions()).extracting(option -> option.getDomProperty("value")).contains(dataset));
        new Select(field("Dataset")).selectByValue(dataset);
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).as("as from its own page").isEqualTo("2000"));
        assertThat(field("Learning rate").getDomProperty("value")).isEqualTo("0.01");
        new Select(field("Optimizer")).selectByValue("gauss-newton");
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("100"));
        type("Epochs", "300");
        element("nav a[href^='#/gallery']").click();
        awaitText("Burgers");
        element("nav a[href^='#/training']").click();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("300"));
        new Select(field("Optimizer")).selectByValue("adam");
        awaitThat(() -> assertThat(field("Learning rate").getDomProperty("value")).isNotNull());
        assertThat(field("Epochs").getDomProperty("value")).isEqualTo("300");
    }

    @Test
    void equationsAreOfTheNumbersAsTheyAreUnlessSomebodyChoosesOtherwise() {
        String dataset = send(request("/v1/datasets/csv?targets=u", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("t,u\n0,5\n1,3\n2,2\n"))).json().get("id").asString();
        open("#/training?" + encoded("{\"training\": {\"datasetId\": \"" + dataset + "\"}}"), DESK);
        awaitText("inputs and outputs normalized");
        new Select(field("Network")).selectByVisibleText("Built here, below");
        awaitText("Layer 1");
        new Select(field("Made of")).selectByVisibleText("Equations");
        for (String side : List.of("inputs", "outputs")) {
            awaitThat(() -> assertThat(selected("Normalization of " + side)).isEqualTo("None"));
        }
        assertThat(element("main").getText()).doesNotContain("of scaled inputs", "in scaled units");
        new Select(field("Normalization of inputs")).selectByVisibleText("By mean and standard deviation");
        awaitText("The equations are then of scaled inputs, and coefficients in their units.");
        new Select(field("Normalization of outputs")).selectByVisibleText("To between −1 and 1");
        awaitText("What the equations give is then scaled back, and coefficients are in scaled units.");
    }

    @Test
    void enterInTheNameOfWhatIsAddedAddsItAndStartsNothing() {
        open("#/training?" + encoded("{\"training\": {\"epochs\": 1, \"network\": {\"inputs\": [\"x\", \"y\"], \"architecture\": "
                + "{\"type\": \"equations\", \"outputs\": {\"z\": \"x * y\"}}}}}"), DESK);
        for (String what : List.of("coefficient", "part", "output")) {
            field("Name of another " + what).sendKeys("new" + what, Keys.ENTER);
            element("[aria-label='Remove " + what + " new" + what + "']");
            // Which is not free.
            field("Name of another " + what).sendKeys("new" + what, Keys.ENTER, Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE, Keys.ENTER);
        }
        field("newcoefficient starts at");
        assertThat(browser().getCurrentUrl()).contains("#/training?");
        assertThat(browser().findElements(By.cssSelector("[role=alert]"))).as("nothing is posted").isEmpty();
    }

    private String selected(String label) {
        return new Select(field(label)).getFirstSelectedOption().getText();
    }

    @Test
    void aSeedThatWasDrawnIsToldAndMakesTheSameAgain() {
        open("#/training", DESK);
        type("Epochs", "3");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        JsonNode first = get("/v1/trainings/" + idInTheAddress()).json();
        String seed = String.valueOf(first.get("seed").asLong());
        awaitThat(() -> assertThat(element("dl.figures").getText()).contains("Seed\n" + seed));
        browser().findElement(By.partialLinkText("Use these settings")).click();
        awaitThat(() -> assertThat(field("Seed").getDomProperty("value")).isEqualTo(seed));
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(first.get("id").asString()));
        JsonNode second = get("/v1/trainings/" + idInTheAddress()).json();
        assertThat(second.at("/progress/loss").asDouble()).isEqualTo(first.at("/progress/loss").asDouble());
    }

    @Test
    void aTrainingWithoutADatasetIsRepeatedAndGoneOnWithWithoutOne() {
        String id = trained("""
                {"network": {"inputs": ["t"], "outputs": ["u"], "layers": [{"units": 4}, {"units": 1, "activation": "identity"}]},
                 "seed": 1, "epochs": 3, "loss": {"terms": [{"equation": "D(u, t) + u", "sample": {"points": 20, "ranges": {"t": [0, 1]}}}]},
                 "optimizer": {"type": "adam", "schedule": {"type": "cosine"}}}""");
        for (String way : List.of("Use these settings again", "Train on from its model")) {
            open("#/trainings/" + id, DESK);
            awaitText(way);
            browser().findElement(By.linkText(way)).click();
            awaitThat(() -> assertThat(selected("Dataset")).isEqualTo("None: the terms of the loss have their own"));
            button("Start training").click();
            awaitText("The training is over: succeeded.");
            awaitThat(() -> assertThat(idInTheAddress()).isNotEqualTo(id));
            assertThat(get("/v1/trainings/" + idInTheAddress()).json().path("datasetId").asString("")).isEmpty();
        }
    }

    @Test
    void aFormThatWasReadFromTheAddressIsThereForWhoComesBack() {
        open("#/training?" + encoded("{\"training\": {\"epochs\": 77}}"), DESK);
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("77"));
        comeBackFromModels();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("77"));
        type("Epochs", "78");
        browser().navigate().refresh();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("78"));
        comeBackFromModels();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("78"));
        element("nav a[href='#/training']").click();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).as("on the screen itself its link begins anew").isEqualTo("100"));
        comeBackFromModels();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("100"));
    }

    private void comeBackFromModels() {
        element("nav a[href='#/models']").click();
        awaitThat(() -> assertThat(element("main h1").getText()).isEqualTo("Models"));
        element("nav a[href='#/training']").click();
        awaitThat(() -> assertThat(element("main h1").getText()).isEqualTo("Training"));
    }

    @Test
    void whatNobodyHasTypedFollowsTheOptimizer() {
        String id = trained("{" + SEED + ", \"epochs\": 2, \"optimizer\": {\"type\": \"gauss-newton\"}}");
        open("#/trainings/" + id, DESK);
        awaitText("Gauss–Newton");
        browser().findElement(By.partialLinkText("Use these settings")).click();
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("2"));
        new Select(field("Optimizer")).selectByValue("adam");
        awaitThat(() -> assertThat(field("Batch size").getDomProperty("placeholder")).isEqualTo("32"));
        assertThat(field("Batch size").getDomProperty("value")).isEmpty();
        assertThat(field("Epochs").getDomProperty("value")).isEqualTo("100");
        type("Epochs", "7");
        new Select(field("Optimizer")).selectByValue("lbfgs");
        awaitThat(() -> assertThat(help("Epochs")).contains("one iteration"));
        assertThat(field("Epochs").getDomProperty("value")).isEqualTo("7");
    }

    @Test
    void whatWasChosenForAnOptimizerALossAndANetworkIsFoundAgain() {
        open("#/training?" + encoded("{\"training\": {\"epochs\": 2000, \"batchSize\": 16, \"optimizer\": "
                + "{\"type\": \"adam\", \"learningRate\": 0.01, \"schedule\": {\"type\": \"cosine\"}}}}"), DESK);
        awaitText("Learning rate over time");
        new Select(field("Optimizer")).selectByValue("lbfgs");
        awaitThat(() -> assertThat(field("Epochs").getDomProperty("value")).isEqualTo("100"));
        assertThat(at("/batchSize")).isEmpty();
        new Select(field("Optimizer")).selectByValue("adam");
        awaitThat(() -> assertThat(field("Learning rate").getDomProperty("value")).isEqualTo("0.01"));
        assertThat(selected("Learning rate over time")).isEqualTo("Cosine");
        assertThat(field("Epochs").getDomProperty("value")).isEqualTo("2000");
        assertThat(field("Batch size").getDomProperty("value")).isEqualTo("16");
        new Select(field("Optimizer")).selectByValue("adamw");
        awaitThat(() -> assertThat(field("Learning rate").getDomProperty("value")).as("as for Adam").isEqualTo("0.01"));
        assertThat(selected("Learning rate over time")).isEqualTo("Cosine");
        assertThat(field("Epochs").getDomProperty("value")).isEqualTo("2000");
        new Select(field("Network")).selectByVisibleText("Built here, below");
        type("Units", "5");
        new Select(field("Network")).selectByVisibleText("One that fits the data");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Layer 1"));
        new Select(field("Network")).selectByVisibleText("Built here, below");
        awaitThat(() -> assertThat(field("Units").getDomProperty("value")).isEqualTo("5"));
        new Select(field("Loss")).selectByVisibleText("Terms written as equations");
        replace(element("input[data-pointer='/loss/terms/0/equation']"), "z - 1");
        new Select(field("Loss")).selectByVisibleText("Huber");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Term 1"));
        new Select(field("Loss")).selectByVisibleText("Terms written as equations");
        awaitThat(() -> assertThat(element("input[data-pointer='/loss/terms/0/equation']").getDomProperty("value")).isEqualTo("z - 1"));
    }

    @Test
    void whatWasChosenForAScheduleIsFoundAgainAlsoBehindAnotherTab() {
        open("#/training", DESK);
        awaitText("Learning rate over time");
        new Select(field("Learning rate over time")).selectByVisibleText("Step");
        type("Factor", "0.25");
        new Select(field("Learning rate over time")).selectByVisibleText("Cosine");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Factor"));
        new Select(field("Optimizer")).selectByValue("lbfgs");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Learning rate over time"));
        element("[role=tab]:nth-child(2)").click();
        awaitText("Trainings, newest first");
        element("[role=tab]:nth-child(1)").click();
        new Select(field("Optimizer")).selectByValue("adam");
        awaitThat(() -> assertThat(selected("Learning rate over time")).isEqualTo("Cosine"));
        new Select(field("Learning rate over time")).selectByVisibleText("Step");
        awaitThat(() -> assertThat(field("Factor").getDomProperty("value")).isEqualTo("0.25"));
    }

    @Test
    void whatAnOptimizerOfAllSamplesDoesNotHaveIsNotAskedForAndLeftOut() {
        open("#/training?" + encoded("{\"training\": {\"epochs\": 2, \"shuffle\": false, \"precision\": \"single\","
                + " \"gradientClipping\": 1, \"learningRateFactors\": {\"L1.*\": 0.5}}}"), DESK);
        List<String> pointers = List.of("/shuffle", "/precision", "/gradientClipping", "/learningRateFactors");
        awaitThat(() -> assertThat(pointers).allSatisfy(pointer -> assertThat(at(pointer)).hasSize(1)));
        new Select(field("Optimizer")).selectByValue("lbfgs");
        awaitThat(() -> assertThat(pointers).allSatisfy(pointer -> assertThat(at(pointer)).isEmpty()));
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        assertThat(get("/v1/trainings/" + idInTheAddress()).json().get("precision").asString()).isEqualTo("double");
    }

    private List<WebElement> at(String pointer) {
        return browser().findElements(By.cssSelector("[data-pointer='" + pointer + "']"));
    }

    @Test
    void networksThatAreAlikeAreOneChoice() {
        for (String name : new String[] {"first", "second"}) {
            trained("{\"name\": \"" + name + "\", \"tags\": [\"alike\"], \"epochs\": 1, \"seed\": 1,"
                    + " \"network\": {\"inputs\": [\"q\"], \"outputs\": [\"w\"], \"layers\": [{\"units\": 7}, {\"units\": 1}]},"
                    + " \"dataset\": {\"inputs\": [[1], [2]], \"targets\": [[0], [0.5]]}}");
        }
        open("#/training", DESK);
        awaitThat(() -> assertThat(new Select(field("Network")).getOptions()).extracting(WebElement::getText)
                .filteredOn(text -> text.startsWith("q →")).containsExactly("q → 7 tanh → 1 tanh → w, 22 parameters"));
        open("#/training?" + encoded("{\"view\": \"all\", \"tag\": \"alike\"}"), DESK);
        element("input[aria-label='Compare first']").click();
        element("input[aria-label='Compare second']").click();
        awaitText("Settings that differ");
        assertThat(element("section[aria-labelledby=compared]").getText()).doesNotContain("Network");
    }

    @Test
    void aLossOfTermsIsWrittenWithItsErrorsUnderTheirPlaces() {
        open("#/training", DESK);
        new Select(field("Loss")).selectByVisibleText("Terms written as equations");
        WebElement equation = element("input[data-pointer='/loss/terms/0/equation']");
        replace(equation, "outputs - nothing");
        type("Epochs", "5");
        button("Start training").click();
        awaitThat(() -> assertThat(element(".caret").getDomProperty("textContent"))
                .isEqualTo("outputs - nothing\n          ^"));
        replace(equation, "outputs - targets");
        button("Add a term").click();
        element("input[data-pointer='/loss/terms/1/equation']").sendKeys("D(z, x) - D(z, y)");
        new Select(element("select[data-pointer='/loss/terms/1/sample']")).selectByVisibleText("Points that are drawn");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        JsonNode loss = get("/v1/trainings/" + idInTheAddress()).json().get("loss");
        assertThat(loss.at("/terms/1/sample/ranges").toString()).isEqualTo("{\"x\":[-1.0,1.0],\"y\":[-1.0,1.0]}");
    }

    @Test
    void withoutADatasetTermsDrawPointsWhereThoseBeforeDoAndWhatHasNoneIsMarked() {
        open("#/training", DESK);
        type("Epochs", "5");
        new Select(field("Dataset")).selectByValue("none");
        awaitThat(() -> assertThat(selected("Samples")).isEqualTo("Points that are drawn"));
        element("input[data-pointer='/loss/terms/0/equation']").sendKeys("D(z, x) + z");
        type("x from", "0");
        type("x to", "3");
        button("Add a term").click();
        element("input[data-pointer='/loss/terms/1/equation']").sendKeys("z(0, y) - 1");
        assertThat(element("input[data-pointer='/loss/terms/1/sample/ranges/x']").getDomProperty("value")).isEqualTo("0");
        WebElement samples = element("select[data-pointer='/loss/terms/1/sample']");
        new Select(samples).selectByVisibleText("Those of the training");
        button("Start training").click();
        awaitThat(() -> assertThat(samples.getDomAttribute("aria-invalid")).isEqualTo("true"));
        assertThat(element("select[data-pointer='/loss/terms/0/sample']").getDomAttribute("aria-invalid")).isNull();
        new Select(samples).selectByVisibleText("Points that are drawn");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        JsonNode terms = get("/v1/trainings/" + idInTheAddress()).json().at("/loss/terms");
        assertThat(terms.findValues("ranges")).extracting(JsonNode::toString)
                .containsExactly("{\"x\":[0.0,3.0],\"y\":[-1.0,1.0]}", "{\"x\":[0.0,3.0],\"y\":[-1.0,1.0]}");
    }

    @Test
    void withoutADatasetTheLossIsOfTermsAndWithOneAgainWhatItWas() {
        open("#/training", DESK);
        awaitText("Mean squared error");
        new Select(field("Loss")).selectByVisibleText("Huber");
        new Select(field("Dataset")).selectByValue("none");
        awaitThat(() -> assertThat(selected("Loss")).isEqualTo("Terms written as equations"));
        assertThat(new Select(field("Loss")).getOptions()).hasSize(1);
        assertThat(ranges()).containsExactly("x from -1", "x to 1", "y from -1", "y to 1");
        new Select(field("Dataset")).selectByValue("grid");
        awaitThat(() -> assertThat(selected("Loss")).isEqualTo("Huber"));
        new Select(field("Dataset")).selectByValue("none");
        element("input[data-pointer='/loss/terms/0/equation']").sendKeys("z - 1");
        new Select(field("Dataset")).selectByValue("grid");
        awaitText("The formula");
        assertThat(selected("Loss")).as("what was written stays").isEqualTo("Terms written as equations");
        open("#/training?" + encoded("{\"training\": {\"loss\": \"huber\"}, \"data\": \"none\"}"), DESK);
        awaitText("Without a dataset the loss is of terms: choose “Terms written as equations” here, or a dataset.");
        assertThat(field("Loss").getDomAttribute("aria-invalid")).isEqualTo("true");
    }

    @Test
    void pointsAreDrawnOverTheInputsThatTheNetworkHasAndARenamedOneKeepsItsRange() {
        open("#/training?" + encoded("{\"training\": {\"epochs\": 2}, \"data\": \"none\"}"), DESK);
        new Select(field("Loss")).selectByVisibleText("Terms written as equations");
        type("x from", "0");
        type("y to", "3");
        new Select(field("Network")).selectByVisibleText("Built here, below");
        field("Inputs").sendKeys(Keys.END, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, ", time, w");
        awaitThat(() -> assertThat(ranges()).containsExactly("x from 0", "x to 1", "time from -1", "time to 3", "w from -1", "w to 1"));
        type("Inputs", "t");
        awaitThat(() -> assertThat(ranges()).containsExactly("t from 0", "t to 1"));
        element("input[data-pointer='/loss/terms/0/equation']").sendKeys("D(z, t) + z");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        assertThat(get("/v1/trainings/" + idInTheAddress()).json().at("/loss/terms/0/sample/ranges").toString()).isEqualTo("{\"t\":[0.0,1.0]}");
    }

    /** The ends of the ranges of points, with their labels. */
    private List<String> ranges() {
        return browser().findElements(By.cssSelector("input[data-pointer*='/sample/ranges/']")).stream().map(end -> browser()
                .findElement(By.cssSelector("label[for='" + end.getDomAttribute("id") + "']")).getText() + " " + end.getDomProperty("value"))
                .toList();
    }

    @Test
    void whatFewNeedIsWrittenAsJson() {
        open("#/training", DESK);
        awaitText("More settings");
        browser().findElement(By.xpath("//summary[.='More settings']")).click();
        type("Initial parameters", "{\"L3\": {\"b\": [2]}");
        type("Epochs", "1");
        button("Start training").click();
        awaitThat(() -> assertThat(browser().switchTo().activeElement()).isEqualTo(field("Initial parameters")));
        awaitText("This is no object in JSON.");
        browser().switchTo().activeElement().sendKeys("}");
        type("Learning rate factors", "{\"L1.*\": 0}");
        button("Start training").click();
        awaitText("Learning rate factors, L1.* must be above 0, was 0.0");
        type("Learning rate factors", "{\"L1.*\": 0.5}");
        button("Start training").click();
        awaitText("The training is over: succeeded.");
        JsonNode training = get("/v1/trainings/" + idInTheAddress()).json();
        assertThat(training.get("learningRateFactors").toString()).isEqualTo("{\"L1.*\":0.5}");
        assertThat(get("/v1/models/" + training.get("modelId").asString() + "/parameters").json().at("/L3/b/0").asDouble())
                .isGreaterThan(1.5);
    }

    @Test
    void theFormTakesANetworkAndFitsEveryWindowAsATrainingDoes() {
        String id = trained("{\"name\": \"seed\", " + SEED + ", \"epochs\": 300, \"batchSize\": 10, \"loss\": \"relative-l2\", "
                + "\"validationFraction\": 0.2}");
        open("#/network", DESK);
        // What the service answers moves what is below it, and a click beside it.
        awaitText("25 parameters.");
        element("a.button[href^='#/training']").click();
        awaitText("441 samples.");
        awaitThat(() -> assertThat(new Select(field("Network")).getFirstSelectedOption().getText())
                .isEqualTo("Built here, below"));
        for (Window window : WINDOWS) {
            open("#/training?" + encoded("{\"isSweep\": true, \"training\": {\"network\": " + SEED_NETWORK
                    + ", \"loss\": {\"terms\": [{\"equation\": \"z - targets.z\"}]}}}"), window);
            awaitText("Layer 3");
            field("Learning rate");
            lookAt("training-form", window);
            open("#/trainings/" + id, window);
            awaitText("Its model: off by ");
            lookAt("training", window);
        }
    }

    private static void replace(WebElement input, String text) {
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }
}
