package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * Gauss–Newton on the whole dataset with the damping of Levenberg and Marquardt, one iteration per epoch.
 *
 * @param damping the first one, as a part of the greatest squared norm of a column of the Jacobian matrix, above 0
 * @param space where the system of equations of a step is solved
 * @param momentum how much of the step before is the centre of the next, in [0, 1)
 * @param gradientTolerance see {@link FullBatchSettings}, of the sum of squares; at least 0
 */
@JsonTypeName("gauss-newton")
public record GaussNewtonSettings(
        @Schema(description = "The damping of the first iteration, as a part of the greatest squared norm of a column of the "
                + "Jacobian matrix; after each iteration it is as its step deserved.", example = "1e-3") @Positive @DecimalMax("1e6")
        @JsonProperty(defaultValue = "1e-3") double damping,
        @Schema(description = "Where the system of linear equations of a step is solved: one for every parameter, one for every "
                + "residual, or, with auto, whichever are fewer. The step is the same but for rounding, which "
                + "tells where there are many more residuals than parameters.", example = "auto")
        @JsonProperty(defaultValue = "auto") Space space,
        @Schema(description = "How much of the step before is taken over into the next (SPRING), for points that are drawn anew.",
                example = "0") @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        @JsonProperty(defaultValue = "0") double momentum,
        @Schema(description = "Training ends where the gradient of the sum of squares has this Euclidean norm or a smaller one, times "
                + "the sum where it began if that is between 0 and 1.", example = "1e-14") @PositiveOrZero
        @JsonProperty(defaultValue = "1e-14") double gradientTolerance) implements FullBatchSettings {
    public static final GaussNewtonSettings DEFAULT = DocumentReader.defaults(GaussNewtonSettings.class);

    @Override
    public String ifItDiverges() {
        return "more damping than " + damping + ", inputs and targets of about the size of 1, or another seed";
    }

    /** Of which there is an equation for each. */
    public enum Space {
        @JsonProperty("auto") AUTO,
        @JsonProperty("parameters") PARAMETERS,
        @JsonProperty("residuals") RESIDUALS
    }
}
