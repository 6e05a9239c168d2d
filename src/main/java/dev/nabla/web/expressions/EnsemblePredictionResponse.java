package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.web.Undefined;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the models of an ensemble say of the outputs. */
public record EnsemblePredictionResponse(
        @Schema(description = "For every sample a row, the mean over the models; null where a model's is undefined.")
        double[] @Nullable [] mean,
        @Schema(description = "For every sample a row, the standard deviation of the n models, with n - 1 in the denominator.")
        double[] @Nullable [] standardDeviation,
        @Schema(description = "Which rows are null and why; left out where there are none.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undefined> undefined) {}
