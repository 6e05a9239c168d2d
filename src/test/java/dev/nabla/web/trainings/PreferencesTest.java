package dev.nabla.web.trainings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "wait=0 | 0 | wait=0",
        "wait=1 | 1 | wait=1",
        "wait=60 | 60 | wait=60",
        "wait=61 | 60 | wait=60",
        "wait=999999 | 60 | wait=60",
        "Wait = \"20\" | 20 | wait=20",
        "respond-async, wait=20 | 20 | respond-async, wait=20",
        "wait=20;foo, wait=30 | 20 | wait=20",
        "return=minimal;bar=\"x\",wait=7 | 7 | wait=7"
    })
    void aWaitEndsAfterAMinuteAndTheAnswerSaysWhatWasApplied(String prefer, int seconds, String applied) {
        assertThat(Preferences.of(prefer).patience()).contains(Duration.ofSeconds(seconds));
        assertThat(Preferences.of(prefer).applied()).contains(applied);
    }

    @ParameterizedTest
    @CsvSource({"waits=20", "wait=x", "wait=-1", "wait=", "wait", "return=minimal", "''", "','"})
    void whatIsNoSuchPreferenceIsNotApplied(String prefer) {
        assertThat(Preferences.of(prefer)).isEqualTo(Preferences.of(null));
        assertThat(Preferences.of(prefer).applied()).isEmpty();
    }

    @Test
    void respondAsyncIsUnderstoodAlone() {
        assertThat(Preferences.of("respond-async").patience()).isEmpty();
        assertThat(Preferences.of("respond-async").applied()).contains("respond-async");
    }
}
