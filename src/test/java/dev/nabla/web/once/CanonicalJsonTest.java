package dev.nabla.web.once;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    private static HashCode hash(String text) {
        return CanonicalJson.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\": 1, \"b\": [1, {\"c\": null, \"d\": true}]} | {\"b\":[1,{\"d\":true,\"c\":null}],\"a\":1}",
        "\"a\\u00e9/\" | \"aé\\/\"",
        "[] | ` [\n\t] `"
    })
    void spacesAndTheOrderOfFieldsSayNothing(String text, String other) {
        assertThat(hash(text)).isEqualTo(hash(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[1, 2] | [2, 1]",
        "[1, 2] | [12]",
        "[\"ab\", \"c\"] | [\"a\", \"bc\"]",
        "[[], []] | [[[]]]",
        "[[1], 2] | [[1, 2]]",
        "{\"a\": {\"b\": 1}} | {\"a\": {}, \"b\": 1}",
        "{\"a\": 1, \"b\": 2} | {\"a\": 2, \"b\": 1}",
        "{} | []",
        "1 | \"1\"",
        "null | \"null\"",
        "true | \"true\"",
        "1 | 1.0",
        "9007199254740993 | 9007199254740992",
        "{\"a\": 1} | {\"a\": 1}}",
        "{ | {{"
    })
    void whatSaysSomethingElseIsSomethingElse(String text, String other) {
        assertThat(hash(text)).isNotEqualTo(hash(other));
    }
}
