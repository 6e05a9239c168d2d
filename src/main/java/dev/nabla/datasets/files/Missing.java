package dev.nabla.datasets.files;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a row in which a value is missing. */
public enum Missing {
    @JsonProperty("refuse") REFUSE,
    @JsonProperty("drop") DROP
}
