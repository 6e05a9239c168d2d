package dev.nabla.datasets.files;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What stands between two fields. */
public enum Delimiter {
    @JsonProperty(",") COMMA(','),
    @JsonProperty(";") SEMICOLON(';'),
    @JsonProperty("|") BAR('|'),
    @JsonProperty("tab") @JsonAlias("\t") TAB('\t');

    private final char character;

    Delimiter(char character) {
        this.character = character;
    }

    char character() {
        return character;
    }
}
