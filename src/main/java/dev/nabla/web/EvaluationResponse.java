package dev.nabla.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Computed values, one result per equation. */
record EvaluationResponse(List<Result> results) {

    /** The values of one equation in all samples. */
    record Result(String equation, List<Integer> shape,
            @Schema(description = "For every sample the value, nested as the shape says.") List<?> values) {}
}
