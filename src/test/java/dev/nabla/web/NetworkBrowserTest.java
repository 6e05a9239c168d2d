package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The screen on which networks are built and read. */
class NetworkBrowserTest extends BrowserTest {

    @Test
    void whatIsTypedIsTypesetAndALinkRestoresIt() {
        open("#/network", DESK);
        type("Equation 1", "D(z, x)");
        awaitText("A number; ");
        awaitThat(() -> assertThat(element(".formula .katex")).isNotNull());
        new Select(field("Format")).selectByVisibleText("Text");
        awaitText("L3.W");
        String link = browser().getCurrentUrl();
        open(link.substring(link.indexOf('#')), DESK);
        awaitThat(() -> assertThat(field("Equation 1").getDomProperty("value")).isEqualTo("D(z, x)"));
        awaitThat(() -> assertThat(new Select(field("Format")).getFirstSelectedOption().getText()).isEqualTo("Text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{\"layers\": 5}", "{\"inputs\": \"x\"}", "{\"inputs\": [\"x\"], \"layers\": [{\"units\": \"a\"}]}"})
    void whatIsNoNetworkInALinkIsLeftOut(String network) {
        open("#/network?" + encoded("{\"network\": " + network + ", \"equations\": 7}"), DESK);
        awaitText("An array of 1; ");
        assertThat(field("Inputs").getDomProperty("value")).isEqualTo("x, y");
    }

    @Test
    void aFormulaThatIsTooWideShowsThatThereIsMoreAndIsScrolledByKeys() {
        open("#/network", DESK);
        new Select(field("Form")).selectByVisibleText("Scalar");
        awaitTrue(() -> isTrueOfTheFormula("formula.scrollWidth > formula.clientWidth"));
        assertThat(isTrueOfTheFormula("formula.role === 'group' && formula.ariaLabel === 'Formula of outputs'")).isTrue();
        assertThat(isTrueOfTheFormula("getComputedStyle(formula).backgroundAttachment.startsWith('local, local, scroll, scroll')"))
                .as("shadows at its edges").isTrue();
        element(".formula").sendKeys(Keys.ARROW_RIGHT);
        awaitTrue(() -> isTrueOfTheFormula("formula.scrollLeft > 0"));
    }

    private boolean isTrueOfTheFormula(String condition) {
        return Boolean.TRUE.equals(browser().executeScript("const formula = document.querySelector('.formula'); return "
                + "formula !== null && " + condition));
    }

    @Test
    void whatIsTooLongToBePrintedIsToldWithTheSwitchAsThePageCallsIt() {
        open("#/network?" + encoded("""
                {"form": "scalar", "network": {"inputs": ["x", "y"], "outputs": ["z"],
                  "layers": [{"units": 64}, {"units": 64}, {"units": 64}, {"units": 1}]}}"""), DESK);
        awaitText("set “Share subexpressions” to name what repeats once");
        field("Share subexpressions").click();
        awaitText(" nodes");
    }

    @Test
    void theDrawingFollowsWhatIsTyped() {
        open("#/network", DESK);
        for (int units : List.of(4, 2, 12, -3, 3)) {
            type("Units", String.valueOf(units));
            int drawn = units == 12 ? 7 : Math.max(0, units);
            awaitThat(() -> assertThat(browser().findElements(By.cssSelector("circle.unit"))).hasSize(2 + drawn + 3 + 1));
            assertThat(element("figure svg").getDomAttribute("aria-label")).contains("1: tanh with " + (units < 0 ? "?" : units) + " units");
        }
    }

    @Test
    void everyPartOfEquationsIsDrawnAndNamed() {
        open("#/network?" + encoded("""
                {"network": {"inputs": ["x", "t"], "architecture": {"type": "equations", "outputs": {"u": "A(x) + t * B(x, t)", "v": "B(x, t)"},
                  "parts": {"A": {"inputs": 1, "layers": [{"units": 3}, {"units": 1}]},
                            "B": {"inputs": 2, "layers": [{"units": 4}, {"units": 5}, {"units": 1}]}}}}}"""), DESK);
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("circle.unit"))).hasSize(2 + 4 + 10 + 2));
        assertThat(element("figure svg").getDomAttribute("aria-label")).contains("part A: 1: tanh with 3 units, 2: tanh with 1 unit; part B: ");
        assertThat(browser().findElements(By.cssSelector("svg .part text")).stream().map(WebElement::getText)).containsExactly("A", "B");
        assertThat(browser().findElements(By.cssSelector("line.wire"))).as("A takes x alone and gives u alone")
                .hasSize(1 * 3 + 3 + 1 + 2 * 4 + 4 * 5 + 5 + 2);
        lookAt("network-parts", DESK);
        type("Units of the layers of B", "8, 6, 1");
        awaitThat(() -> assertThat(element("figure svg").getDomAttribute("aria-label")).contains("tanh with 8 units", "tanh with 6 units"));
        type("Units of the layers of B", "8, -6, x");
        awaitText("These are no whole numbers with commas between, as 8, 4, 1.");
        assertThat(field("Units of the layers of B").getDomProperty("value")).as("as it was typed").isEqualTo("8, -6, x");
    }

    @Test
    void namesThatAreGivenTwiceAreToldAsPeopleCount() {
        open("#/network", DESK);
        type("Inputs", "x, x");
        awaitText("must not be 'x', as input 1 is");
    }

    @Test
    void anErrorOfWhatIsTypedStandsAtItsFieldAndNowhereElse() {
        open("#/network", DESK);
        type("Equation 1", "z + qq");
        element(".caret");
        awaitThat(() -> assertThat(element(".caret").getDomProperty("textContent")).isEqualTo("z + qq\n    ^"));
        awaitThat(() -> assertThat(field("Equation 1").getDomAttribute("aria-invalid")).isEqualTo("true"));
        type("Equation 1", "z");
        type("Units", "0");
        awaitText("must be between 1 and 4096, was 0");
        awaitThat(() -> assertThat(field("Units").getDomAttribute("aria-invalid")).isEqualTo("true"));
        type("Units", "3");
        type("Equation 1", "z +");
        element(".caret");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[role=alert]"))).as("it is said at its field").isEmpty());
    }

    @Test
    void ofAnEquationThatIsWrongNothingStandsThereAndNothingIsTaken() {
        open("#/network", DESK);
        element(".formula .katex");
        type("Equation 1", "D(z, x) + *");
        element(".caret");
        awaitTrue(() -> browser().findElements(By.cssSelector(".formula")).isEmpty()
                && !button("Copy").isEnabled() && !button("Download").isEnabled() && !button("Save files").isEnabled());
        type("Equation 1", "D(z, x)");
        awaitTrue(() -> button("Copy").isEnabled());
        awaitThat(() -> assertThat(element("pre.output").getText())
                .startsWith("\\frac{\\partial z}{\\partial x} = "));
        type("Equation 1", "D(z, x, y, x) + 1");
        awaitTrue(() -> element("pre.output").getText().startsWith("% D(z, x, y, x) + 1\n"));
        type("Equation 1", "D(z, x, y, x)");
        awaitTrue(() -> element("pre.output").getText()
                .startsWith("\\frac{\\partial^{3} z}{\\partial {x}^{2} \\, \\partial y} = "));
        type("Equation 1", "z");
        awaitTrue(() -> element("pre.output").getText().startsWith("z = "));
        new Select(field("Format")).selectByVisibleText("Text");
        awaitTrue(() -> element("pre.output").getText().startsWith("z = (L3.W @ tanh("));
        type("Inputs", "a, b");
        awaitText("by name: z, D(z, a), D(z, L1.W), D(outputs, inputs).");
    }

    @ParameterizedTest
    @CsvSource({"Hamiltonian", "Lagrangian", "ResNet", "SympNet (LA)", "SympNet (G)", "Volume preserving", "Generalized Hamiltonian",
        "Equations"})
    void everyArchitectureIsBuiltByTheExamplesOfItsSchema(String architecture) {
        open("#/network", DESK);
        awaitText("Layer 1");
        new Select(field("Made of")).selectByVisibleText(architecture);
        type("Equation 1", "D(outputs, inputs)");
        awaitText(" nodes");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[role=alert]"))).extracting(WebElement::getText).isEmpty());
    }

    @Test
    void whatWasWrittenForOneWayOfMakingANetworkIsFoundAgain() {
        open("#/network", DESK);
        awaitText("Layer 3");
        type("Units", "7");
        type("Outputs", "height");
        new Select(field("Made of")).selectByVisibleText("Hamiltonian");
        awaitThat(() -> assertThat(element("main").getText()).doesNotContain("Layer 1"));
        type("Width", "5");
        type("Inputs", "q, p");
        new Select(field("Made of")).selectByVisibleText("Layers");
        awaitText("Layer 3");
        awaitThat(() -> assertThat(field("Units").getDomProperty("value")).isEqualTo("7"));
        awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).isEqualTo("height"));
        assertThat(field("Inputs").getDomProperty("value")).as("of both").isEqualTo("q, p");
        new Select(field("Made of")).selectByVisibleText("Hamiltonian");
        awaitThat(() -> assertThat(field("Width").getDomProperty("value")).isEqualTo("5"));
        assertThat(field("Outputs").getDomProperty("value")).as("there is one, too").isEqualTo("height");
    }

    @Test
    void outputsKeepTheirNamesWhateverMakesThemWhereThereAreAsMany() {
        open("#/network", DESK);
        awaitText("Layer 3");
        new Select(field("Made of")).selectByVisibleText("Equations");
        awaitText("Coefficients");
        for (String kind : List.of("Hamiltonian", "Layers")) {
            new Select(field("Made of")).selectByVisibleText(kind);
            awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).as(kind).isEqualTo("z"));
        }
        new Select(field("Made of")).selectByVisibleText("Hamiltonian");
        type("Outputs", "H");
        new Select(field("Made of")).selectByVisibleText("ResNet");
        awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).as("of which there are two").isEmpty());
        new Select(field("Made of")).selectByVisibleText("Hamiltonian");
        awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).isEqualTo("H"));
        new Select(field("Made of")).selectByVisibleText("Layers");
        awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).isEqualTo("H"));
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[role=alert]"))).isEmpty());
    }

    @Test
    void whatALayerHasIsFoundAgainWhereItIsOfItsKindAgain() {
        open("#/network", DESK);
        awaitText("Layer 3");
        type("Activation", "relu");
        type("Units", "7");
        new Select(field("Kind")).selectByVisibleText("Linear");
        awaitThat(() -> assertThat(field("Units").getDomProperty("value")).isEqualTo("7"));
        type("Units", "6");
        new Select(field("Kind")).selectByVisibleText("Dense");
        awaitThat(() -> assertThat(field("Activation").getDomProperty("value")).isEqualTo("relu"));
        assertThat(field("Units").getDomProperty("value")).as("of both").isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"t, q; s; s; N(t, q) * exp(-nu * t)", "nu, N; z; z; N0(nu, N) * exp(-nu0 * nu)",
        "3; a; a; N(x1, x2, x3) * exp(-nu * x1)", "x; N1, b; N1; N10(x) * exp(-nu * x)"})
    void equationsBeginWithOnesOwnInputsAndOutputs(String inputs, String outputs, String output, String equation) {
        open("#/network", DESK);
        awaitText("Layer 1");
        type("Inputs", inputs);
        type("Outputs", outputs);
        awaitThat(() -> assertThat(field("Outputs").getDomProperty("value")).isEqualTo(outputs));
        new Select(field("Made of")).selectByVisibleText("Equations");
        awaitThat(() -> assertThat(field(output + " =").getDomProperty("value")).isEqualTo(equation));
        type("Equation 1", "D(outputs, inputs)");
        awaitText(" nodes");
        awaitThat(() -> assertThat(browser().findElements(By.cssSelector("[role=alert]"))).extracting(WebElement::getText).isEmpty());
    }

    @Test
    void backpropagationHasADeltaPerLayer() {
        open("#/network", DESK);
        button("Backpropagation").click();
        element(".formula[aria-label^='Gradient by L1.W'] .katex");
        List<String> deltas = browser().findElements(By.cssSelector(".formula[aria-label^='Backward'] annotation")).stream()
                .map(formula -> formula.getDomProperty("textContent").split(" = ")[0]).toList();
        assertThat(deltas).containsExactly("\\delta^{(3)}", "\\delta^{(2)}", "\\delta^{(1)}");
        List<String> forward = browser().findElements(By.cssSelector(".formula[aria-label^='Forward'] annotation")).stream()
                .map(formula -> Objects.requireNonNull(formula.getDomProperty("textContent"))).toList();
        assertThat(forward).contains("a^{(2)} = \\tanh\\left(z^{(2)}\\right)").endsWith("z = a^{(3)}");
        assertThat(gradientByTheFirstWeights()).startsWith("\\frac{\\partial E}{\\partial W^{(1)}} = ");
        assertThat(browser().findElement(By.cssSelector(".formula[aria-label='The loss'] annotation"))
                .getDomProperty("textContent")).startsWith("E = ").contains("a^{(3)}", "\\mathbf{t}");
        new Select(field("Differentiated")).selectByVisibleText("An output");
        awaitThat(() -> assertThat(gradientByTheFirstWeights()).startsWith("\\frac{\\partial z}{\\partial W^{(1)}} = "));
        for (Window window : WINDOWS) {
            open("#/network?%7B%22view%22%3A%22backpropagation%22%7D", window);
            element(".formula[aria-label^='Gradient by L1.W'] .katex");
            lookAt("backpropagation", window);
        }
    }

    /** How many requests have been refused. */
    private long refused() {
        return (Long) browser().executeScript("return performance.getEntriesByType('resource').filter(e => e.responseStatus === 422 || e.responseStatus === 400).length");
    }

    @Test
    void whatCannotBeReadHasNoFormulaOfBeforeBesideIt() {
        open("#/network", DESK);
        element(".formula .katex");
        element("a.button[href^='#/training']");
        type("Units", "abc");
        awaitText("Nothing is shown while “Units” cannot be read.");
        awaitTrue(() -> browser().findElements(By.cssSelector(".formula, .unit, pre.output")).stream().noneMatch(WebElement::isDisplayed));
        awaitThat(() -> assertThat(button("Train this network").isEnabled()).isFalse());
        awaitThat(() -> assertThat(refused()).as("what is asked without units is").isPositive());
        assertThat(element("main").getText()).as("it is said once what is wrong").doesNotContain("Invalid request");
        type("Units", "2");
        element(".formula .katex");
        element("a.button[href^='#/training']");
        type("Units", "0");
        awaitText("Its definition is wrong.");
        awaitThat(() -> assertThat(button("Train this network").isEnabled()).isFalse());
        type("Units", "1e400");
        awaitText("This is too large: the largest number is about 1.8e308.");
        type("Units", "3");
        type("Equation 1", "z +");
        element(".caret");
        element("a.button[href^='#/training']");
    }

    private String gradientByTheFirstWeights() {
        return browser().findElement(By.cssSelector(".formula[aria-label='Gradient by L1.W'] annotation")).getDomProperty("textContent");
    }

    @Test
    void everyKindOfFileThatTheServiceExportsIsSaved() {
        open("#/network", DESK);
        List<String> kinds = new Select(field("Kind of file")).getOptions().stream()
                .map(option -> option.getDomAttribute("value")).toList();
        assertThat(kinds).isEqualTo(get("/v3/api-docs").json().at("/components/schemas/ExportFormat/enum").valueStream()
                .map(JsonNode::asString).toList());
        var saved = new ArrayList<String>();
        for (String kind : kinds) {
            new Select(field("Kind of file")).selectByValue(kind);
            button("Save files").click();
            Answer files = post("/v1/exports", "{\"network\": {\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}, "
                    + "\"equations\": [\"x\"], \"format\": \"" + kind + "\"}");
            List<String> names = files.json().get("files").valueStream().map(file -> file.get("name").asString()
                    .replace(".", kind.equals("c-casadi") ? "-casadi." : ".")).toList();
            // Several files are saved by a click for each, as browsers may refuse more.
            names.stream().filter(_ -> names.size() > 1).forEach(name -> button("Save " + name).click());
            awaitText("Saved as " + names.getLast() + ".");
            saved.addAll(names);
        }
        assertThat(saved).as("none replaces another").doesNotHaveDuplicates();
        type("Equation 1", "qq");
        awaitTrue(() -> !button("Save files").isEnabled());
    }

    @Test
    void everyFormatOfTheServiceIsOffered() {
        open("#/network", DESK);
        List<String> offered = new Select(field("Format")).getOptions().stream()
                .map(option -> option.getDomAttribute("value")).toList();
        List<String> stated = get("/v3/api-docs").json().at("/components/schemas/Format/enum").valueStream()
                .filter(value -> !value.isNull()).map(value -> value.asString()).toList();
        assertThat(offered).isNotEmpty().containsExactlyElementsOf(stated);
    }
}
