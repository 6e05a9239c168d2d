package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import dev.nabla.program.AdamConstants;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019,
 * algorithm 2): θ ← θ − η (m̂ / (√v̂ + ε) + λ θ). As in other libraries the decay has η for a factor; the paper's λ is
 * this λ times the learning rate of the first epoch.
 *
 * @param learningRate η, above 0
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 * @param weightDecay λ, at least 0
 * @param decayAll whether every parameter has the term λ θ; otherwise only weight matrices have it
 */
@JsonTypeName("adamw")
public record AdamWSettings(
        @Schema(description = "The learning rate of the first epoch.", example = "0.001") @Positive
        @JsonProperty(defaultValue = "0.001") double learningRate,
        @Schema(description = "The decay of the first moment estimate.", example = "0.9") @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false) @JsonProperty(defaultValue = "0.9") double beta1,
        @Schema(description = "The decay of the second moment estimate.", example = "0.999") @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false) @JsonProperty(defaultValue = "0.999") double beta2,
        @Schema(description = OF_EPSILON, example = "1e-8") @Positive
        @JsonProperty(defaultValue = "1e-8") double epsilon,
        @Schema(description = "Every update takes this part, times the learning rate, off each entry of a weight matrix "
                + "(W, A, K and their like).", example = "0.01")
        @PositiveOrZero @JsonProperty(defaultValue = "0.01") double weightDecay,
        @Schema(description = "Whether biases, scales and all other parameters decay as well.")
        @JsonProperty(defaultValue = "false") boolean decayAll,
        @JsonProperty(defaultValue = "{\"type\": \"constant\"}") LearningRateSchedule schedule)
        implements FirstOrderSettings {
    public static final AdamWSettings DEFAULT = DocumentReader.defaults(AdamWSettings.class);

    @Override
    public AdamWSettings with(LearningRateSchedule other) {
        return new AdamWSettings(learningRate, beta1, beta2, epsilon, weightDecay, decayAll, other);
    }

    AdamConstants constants() {
        return new AdamConstants(beta1, beta2, epsilon);
    }

    @Override
    public AdamWSettings inUnit(double unit) {
        double other = FirstOrderSettings.epsilonInUnit(epsilon, unit);
        return new AdamWSettings(learningRate, beta1, beta2, other, weightDecay, decayAll, schedule);
    }
}
