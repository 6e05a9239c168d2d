package dev.nabla.training.sweeps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.training.EpochLosses;
import io.swagger.v3.oas.annotations.media.Schema;

/** By what trials are compared. */
@Schema(description = "By what trials are compared: the loss, or that of validation, for which every training has a validationFraction.")
public enum SweepMetric {

    /** Of an epoch its loss, of a model that over the whole dataset. */
    @JsonProperty("loss") LOSS {
        @Override
        public double of(EpochLosses epoch) {
            return epoch.loss();
        }
    },

    /** Of an epoch that of validation, of a model the lowest, after whose epoch it is. */
    @JsonProperty("validationLoss") VALIDATION_LOSS {
        @Override
        public double of(EpochLosses epoch) {
            return epoch.validation().orElseThrow();
        }
    };

    public abstract double of(EpochLosses epoch);
}
