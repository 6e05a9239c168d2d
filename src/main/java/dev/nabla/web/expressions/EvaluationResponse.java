package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.web.Undefined;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computed values, one result per equation. */
record EvaluationResponse(List<Result> results,
        @Schema(description = "Where values are null and why; left out where there are none.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undefined> undefined) {

    /** The values of one equation in all samples. */
    @Schema(name = "EvaluationResult")
    record Result(String equation, List<Integer> shape,
            @Schema(description = "For every sample the value, nested as the shape says; null where it is undefined. Left out of an "
                    + "ensemble.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<?> values,
            @Schema(description = "Of an ensemble, for every sample the mean over its models, nested so.")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<?> mean,
            @Schema(description = "Of an ensemble, the standard deviation of its n models, with n - 1 in the denominator.")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<?> standardDeviation) {}
}
