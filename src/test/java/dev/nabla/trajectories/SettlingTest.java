package dev.nabla.trajectories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlingTest {

    @ParameterizedTest
    @CsvSource({
        "0.7, 1, 1, CONTRACTING", "0.71, 1, 1, NOT_CONTRACTING", "1, Infinity, 1, CONTRACTING",
        "Infinity, Infinity, 1, NOT_CONTRACTING", "NaN, 1, 1, NOT_CONTRACTING",
        "2e-15, 4e-15, 2, SETTLED", "2.1e-15, 4e-15, 2, CONTRACTING",
        "2e-12, 2e-12, 2, SETTLED", "2.1e-12, 2e-12, 2, NOT_CONTRACTING", "1.3e-12, 2e-12, 2, CONTRACTING"
    })
    void whatComesNoNearerHasSettledAtTheLevelOfRoundingAndAnythingInTheLastDigits(double change, double before, double scale,
            Settling expected) {
        assertThat(Settling.of(change, before, scale)).isEqualTo(expected);
    }
}
