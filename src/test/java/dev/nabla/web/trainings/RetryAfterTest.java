package dev.nabla.web.trainings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({", 1", "0, 1", "0.2, 1", "5.2, 6", "60, 60", "1e300, 60"})
    void oneIsToLookAgainAtTheEstimatedEndButInAMinuteAtLatest(Double remaining, long seconds) {
        assertThat(TrainingController.retryAfter(remaining)).isEqualTo(seconds);
    }
}
