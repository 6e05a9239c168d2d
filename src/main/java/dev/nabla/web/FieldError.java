package dev.nabla.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.training.InvalidLossException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong with a request. */
record FieldError(
        @Schema(description = "A JSON Pointer into the body, or / and the name of a parameter of the query.", example = "/layers/0/units") String pointer,
        @Schema(description = "What is allowed and what was found.", example = "must be between 1 and 4096, was 0")
        String detail,
        @Schema(description = "For an equation, the 0-based character at which it is wrong.")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position) {

    /** All that is wrong with the terms of a request's loss. */
    static List<FieldError> of(InvalidLossException loss) {
        return loss.terms().entrySet().stream().map(term -> new FieldError("/loss/terms/" + term.getKey() + "/equation",
                term.getValue().getMessage(), term.getValue().position())).toList();
    }

    static FieldError of(String pointer, String detail) {
        return new FieldError(pointer, detail, null);
    }
}
