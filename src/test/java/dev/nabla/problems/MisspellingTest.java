package dev.nabla.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {

    private static final List<String> KNOWN = List.of("tanh", "tan", "relu", "sigmoid", "relative-l2", "mse", "x", "learningRate");

    @ParameterizedTest
    @CsvSource({"tahn, tanh", "TANH, tanh", "thanh, tanh", "tann, tanh", "reluu, relu", "ReLU, relu", "sigmiod, sigmoid",
        "relative_l2, relative-l2", "relativeL2, relative-l2", "msq, mse", "learning_rate, learningRate", "learningrat, learningRate",
        "X, x"})
    void theNearestWordIsAskedFor(String word, String meant) {
        assertThat(Misspelling.hint(word, KNOWN)).isEqualTo(" (did you mean " + meant + "?)");
        assertThat(Misspelling.mustBe("a, b", KNOWN, word)).isEqualTo("was '" + word + "', did you mean " + meant
                + "? It must be one of a, b");
    }

    @ParameterizedTest
    @CsvSource({"q", "''", "mish", "y", "gaussian"})
    void whatIsNearToNoneIsNot(String word) {
        assertThat(Misspelling.hint(word, KNOWN)).isEmpty();
        assertThat(Misspelling.mustBe("a, b", KNOWN, word)).isEqualTo("must be one of a, b, was '" + word + "'");
        assertThat(Misspelling.hint(word.repeat(100_000), KNOWN)).isEmpty();
    }
}
