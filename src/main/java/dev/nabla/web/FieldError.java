package dev.nabla.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong with a request. */
record FieldError(
        @Schema(description = "A JSON Pointer into the request.", example = "/layers/0/units") String pointer,
        @Schema(description = "What is allowed and what was found.", example = "must be between 1 and 4096, was 0")
        String detail,
        @Schema(description = "For an equation, the 0-based character at which it is wrong.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position) {

    static FieldError of(String pointer, String detail) {
        return new FieldError(pointer, detail, null);
    }
}
