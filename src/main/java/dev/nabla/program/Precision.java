package dev.nabla.program;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What numbers are computed in. */
public enum Precision {
    @JsonProperty("double") DOUBLE,
    @JsonProperty("single") SINGLE
}
