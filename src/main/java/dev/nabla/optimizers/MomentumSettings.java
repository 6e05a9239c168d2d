package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;

/**
 * Gradient descent with momentum (the heavy ball of Polyak, "Some methods of speeding up the convergence of iteration
 * methods", 1964): b ← μ b + g, θ ← θ − η b.
 *
 * @param learningRate η, above 0
 * @param momentum μ, in [0, 1)
 */
@JsonTypeName("momentum")
public record MomentumSettings(
        @Schema(description = "The learning rate of the first epoch.", example = "0.01") @Positive
        @JsonProperty(defaultValue = "0.01") double learningRate,
        @Schema(description = "m in v = m v + g, of which every step is -rate v, with g the gradient and rate "
                + "the learning rate of that step: how much of the sum of the gradients before stays.", example = "0.9")
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        @JsonProperty(defaultValue = "0.9") double momentum,
        @JsonProperty(defaultValue = "{\"type\": \"constant\"}") LearningRateSchedule schedule)
        implements FirstOrderSettings {
    public static final MomentumSettings DEFAULT = DocumentReader.defaults(MomentumSettings.class);

    @Override
    public MomentumSettings with(LearningRateSchedule other) {
        return new MomentumSettings(learningRate, momentum, other);
    }
}
