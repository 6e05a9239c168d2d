package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * L-BFGS on the whole dataset, one iteration per epoch (Nocedal and Wright, "Numerical optimization", second edition,
 * 2006, algorithm 7.5).
 *
 * @param history the iterations that the approximate Hessian remembers, at least 1
 * @param gradientTolerance see {@link FullBatchSettings}; at least 0
 */
@JsonTypeName("lbfgs")
public record LbfgsSettings(
        @Schema(description = "The iterations that it remembers.", example = "10") @Min(1) @Max(1000)
        @JsonProperty(defaultValue = "10") int history,
        @Schema(description = "Training ends at a gradient with this Euclidean norm or a smaller one, times the size "
                + "of the loss where it began if that is between 0 and 1.", example = "1e-10")
        @PositiveOrZero @JsonProperty(defaultValue = "1e-10") double gradientTolerance) implements QuasiNewtonSettings {
    public static final LbfgsSettings DEFAULT = DocumentReader.defaults(LbfgsSettings.class);
}
