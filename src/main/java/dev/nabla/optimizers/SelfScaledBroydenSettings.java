package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.DocumentReader;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;

/**
 * The self-scaled Broyden method on the whole dataset, one iteration per epoch.
 *
 * @param gradientTolerance see {@link FullBatchSettings}; at least 0
 */
@JsonTypeName("ssbroyden")
public record SelfScaledBroydenSettings(
        @Schema(description = "Training ends at a gradient with this Euclidean norm or a smaller one, times the size "
                + "of the loss where it began if that is between 0 and 1.", example = "1e-10")
        @PositiveOrZero @JsonProperty(defaultValue = "1e-10") double gradientTolerance) implements QuasiNewtonSettings {
    public static final SelfScaledBroydenSettings DEFAULT = DocumentReader.defaults(SelfScaledBroydenSettings.class);

    private static final int MOST_PARAMETERS = 3_000;

    /** Its matrix has a number for every two of them. */
    @Override
    public Optional<Problem> problem(int parameters) {
        return parameters <= MOST_PARAMETERS ? Optional.empty() : Optional.of(Problem.of("/optimizer", "must be another for more than "
                + MOST_PARAMETERS + " parameters, frozen or not: of " + parameters
                + " take lbfgs, whose memory grows with their number only"));
    }
}
