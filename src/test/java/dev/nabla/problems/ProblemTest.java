package dev.nabla.problems;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

    /** Also characters of two parts are left out as a whole. */
    @Test
    void ofAQuotationThatIsTooLongTheMiddleIsLeftOut() {
        String detail = Problem.of("", "unknown name '" + "😀".repeat(100_000) + "'; known are x").detail();
        assertThat(detail).startsWith("unknown name '😀").contains("😀…😀").endsWith("😀'; known are x").hasSizeLessThan(4000);
        assertThat(detail.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        assertThat(Problem.of("", "😀".repeat(1001)).detail()).isEqualTo("😀".repeat(600) + "…" + "😀".repeat(300));
        assertThat(Problem.of("", "x".repeat(2000)).within("/y").detail()).isEqualTo("x".repeat(2000));
    }
}
