package dev.nabla.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** A place where an equation has no value. */
public record Undefined(
        @Schema(description = "The row of the inputs, from 0.", example = "2") int sample,
        @Schema(description = "The equation, from 0; of predictions there is only one.", example = "0") int equation,
        @Schema(description = "The operation that has no finite value there.", example = "log of 0") String reason) {

    /** What is done about such places. */
    public enum Choice {

        /** The others are answered, with null in these. */
        @JsonProperty("null") NULL,

        /** None are answered. */
        @JsonProperty("refuse") REFUSE
    }
}
