package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands beside charts. */
class ChartsBrowserTest extends BrowserTest {

    /** From about 1 to 1e-25 and less: an axis rounds its labels to ten decimals, so that they would be 0. */
    @Test
    void powersOfTenStandBesideLossesHoweverSmallTheyAre() {
        String id = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 1, "activation": "identity"}]},
                 "dataset": {"inputs": [[0], [1], [2]], "targets": [[1], [3], [5]]}, "initialParameters": {"L1": {"W": [[7]], "b": [0]}},
                 "optimizer": {"type": "gauss-newton"}, "epochs": 20}""").json().get("id").asString();
        open("#/trainings/" + id, DESK);
        element(".state.succeeded");
        element(".chart canvas");
        browser().executeScript("""
                window.written = [];
                const write = CanvasRenderingContext2D.prototype.fillText;
                CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
                  window.written.push(text);
                  return write.call(this, text, ...place);
                };""");
        field("Logarithmic").click();
        field("Logarithmic").click();
        awaitThat(() -> assertThat((List<?>) browser().executeScript("return window.written")).asString()
                .contains("1 × 10⁻²⁰"));
    }
}
