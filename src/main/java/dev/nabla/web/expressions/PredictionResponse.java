package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.web.Undefined;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param outputs a row for every sample */
public record PredictionResponse(
        @Schema(description = "A row for every sample; null where it is undefined.") double[] @Nullable [] outputs,
        @Schema(description = "If they were asked for: the standard deviation of every output, null where it or the output is undefined.")
        @JsonInclude(JsonInclude.Include.NON_NULL) double @Nullable [] @Nullable [] standardDeviations,
        @Schema(description = "Which rows are null and why; left out where there are none.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undefined> undefined) {}
