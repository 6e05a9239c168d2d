package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.AlsoCalled;
import dev.nabla.documents.DocumentReader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;

/**
 * Gradient descent: θ ← θ − η g.
 *
 * @param learningRate η, above 0
 */
@JsonTypeName("gradient-descent")
@AlsoCalled("sgd")
public record GradientDescentSettings(
        @Schema(description = "The learning rate of the first epoch.", example = "0.01") @Positive
        @JsonProperty(defaultValue = "0.01") double learningRate,
        @JsonProperty(defaultValue = "{\"type\": \"constant\"}") LearningRateSchedule schedule)
        implements FirstOrderSettings {
    public static final GradientDescentSettings DEFAULT = DocumentReader.defaults(GradientDescentSettings.class);

    @Override
    public GradientDescentSettings with(LearningRateSchedule other) {
        return new GradientDescentSettings(learningRate, other);
    }
}
