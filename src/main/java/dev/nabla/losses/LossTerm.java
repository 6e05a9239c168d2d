package dev.nabla.losses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;
import java.util.Optional;
import java.util.UUID;

/**
 * weight · mean over samples of ‖equation‖².
 *
 * @param equation a value per sample, over the names of the network and the columns of the dataset
 * @param dataset where the samples are from, if not from the training's own dataset
 */
public record LossTerm(
        @Schema(description = "A value per sample over the network's names and the dataset's columns; it is squared (an "
                + "array: the sum of its squared entries) and averaged over the samples.", example = "D(z, x, x) + D(z, y, y)")
        String equation,
        @Schema(description = "The id of a stored dataset; the training's own if left out.") Optional<UUID> dataset,
        @Schema(example = "1") @Positive @JsonProperty(defaultValue = "1") double weight) {}
