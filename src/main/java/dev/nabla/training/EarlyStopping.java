package dev.nabla.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * When a training ends before its last epoch: when the loss, that of validation where there is one, has not fallen by
 * more than {@code minDelta} for so many epochs.
 *
 * @param patience so many epochs, at least 1
 * @param minDelta at least 0
 */
@Schema(description = "Ends a training whose loss, that of validation where there is one, no longer falls.")
public record EarlyStopping(
        @Schema(description = "So many epochs without an improvement end it.", example = "20") @Min(1) int patience,
        @Schema(description = "What is no more than this is no improvement.", example = "0") @PositiveOrZero
        @JsonProperty(defaultValue = "0") double minDelta) {}
