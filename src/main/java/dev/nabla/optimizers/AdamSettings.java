package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import dev.nabla.program.AdamConstants;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;

/**
 * The hyperparameters of Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015).
 *
 * @param learningRate η, above 0
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 */
@JsonTypeName("adam")
public record AdamSettings(
        @Schema(description = "The learning rate of the first epoch.", example = "0.001") @Positive
        @JsonProperty(defaultValue = "0.001") double learningRate,
        @Schema(description = "The decay of the first moment estimate.", example = "0.9") @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false) @JsonProperty(defaultValue = "0.9") double beta1,
        @Schema(description = "The decay of the second moment estimate.", example = "0.999") @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false) @JsonProperty(defaultValue = "0.999") double beta2,
        @Schema(description = OF_EPSILON, example = "1e-8") @Positive
        @JsonProperty(defaultValue = "1e-8") double epsilon,
        @JsonProperty(defaultValue = "{\"type\": \"constant\"}") LearningRateSchedule schedule)
        implements FirstOrderSettings {
    public static final AdamSettings DEFAULT = DocumentReader.defaults(AdamSettings.class);

    /** With a constant learning rate. */
    public AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {
        this(learningRate, beta1, beta2, epsilon, LearningRateSchedule.CONSTANT);
    }

    @Override
    public AdamSettings with(LearningRateSchedule other) {
        return new AdamSettings(learningRate, beta1, beta2, epsilon, other);
    }

    AdamConstants constants() {
        return new AdamConstants(beta1, beta2, epsilon);
    }

    @Override
    public AdamSettings inUnit(double unit) {
        return new AdamSettings(learningRate, beta1, beta2, FirstOrderSettings.epsilonInUnit(epsilon, unit), schedule);
    }
}
