package dev.nabla.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"x", "X1_", "x_1", "expx", "input", "d", "θ", "Δt", "é", "e", "pi", "größe_2"})
    void wordsThatEquationsDoNotUseMayBeNames(String name) {
        assertThat(Identifier.violation(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs", "outputs", "targets", "loss", "field", "exp", "solve", "D"})
    void wordsThatEquationsUseMayNotBeNames(String name) {
        assertThat(Identifier.violation(name)).contains("must not be '" + name + "', which equations use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "_x", "x.y", "x y", "x²", "x₁", "∂u", "x\n"})
    void otherSpellingsMayNotBeNames(String name) {
        assertThat(Identifier.violation(name))
                .contains("must be a letter followed by at most 63 letters, digits or underscores");
    }

    /** Two names that look alike, and are one to Python, cannot both be given. */
    @ParameterizedTest
    @ValueSource(strings = {"e\u0301", "\u00b5", "\u03d1", "\ufb01t", "\u2126"})
    void aNameIsInItsNormalForm(String name) {
        assertThat(Identifier.violation(name)).hasValueSatisfying(violation -> assertThat(violation)
                .isEqualTo("must be in Unicode's normal form NFKC, which is '" + Identifier.normalised(name) + "'"));
    }

    @Test
    void aNameHas64CharactersAtMost() {
        assertThat(Identifier.violation("x".repeat(64))).isEmpty();
        assertThat(Identifier.violation("x".repeat(65))).isNotEmpty();
    }
}
