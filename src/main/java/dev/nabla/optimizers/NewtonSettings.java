package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * Truncated Newton on the whole dataset, one iteration per epoch. Its Hessian is the exact one wherever the loss has one: at kinks, as of
 * |r| or relu, it is that of the pieces, which are straight, and a loss of straight pieces only is descended along its gradient. No matrix
 * is made, so its memory grows with the number of parameters only.
 *
 * @param trustRadius the first one, above 0
 * @param maxConjugateGradientIterations of one step, each with one product of the Hessian and a vector, at least 1
 * @param gradientTolerance see {@link FullBatchSettings}; at least 0
 */
@JsonTypeName("newton")
public record NewtonSettings(
        @Schema(description = "The longest step of the first iteration, as a Euclidean norm; after each iteration it is as its step "
                + "deserved. One too short to change the loss grows at once.", example = "1") @Positive @DecimalMax("1e6") @JsonProperty(defaultValue = "1") double trustRadius,
        @Schema(description = "The most iterations of conjugate gradients for one step. Each multiplies the exact Hessian by a vector, "
                + "which takes about as long as two or three gradients; most steps end before.", example = "100")
        @Min(1) @Max(10_000) @JsonProperty(defaultValue = "100") int maxConjugateGradientIterations,
        @Schema(description = "Training ends at a gradient with this Euclidean norm or a smaller one, times the size "
                + "of the loss where it began if that is between 0 and 1.", example = "1e-10")
        @PositiveOrZero @JsonProperty(defaultValue = "1e-10") double gradientTolerance) implements FullBatchSettings {

    public static final NewtonSettings DEFAULT = DocumentReader.defaults(NewtonSettings.class);

    @Override
    public String ifItDiverges() {
        return "a smaller trustRadius than " + trustRadius + ", inputs and targets of about the size of 1, or another seed";
    }
}
