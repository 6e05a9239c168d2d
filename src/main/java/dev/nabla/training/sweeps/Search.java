package dev.nabla.training.sweeps;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Which combinations of values a sweep tries. */
public sealed interface Search permits Search.Named, Search.Random {

    /** Those that have a name and nothing else. */
    enum Named implements Search {

        /** Every value with every other. */
        @JsonProperty("grid") GRID,

        /** The first values together, the second together, and so on. */
        @JsonProperty("list") LIST
    }

    /**
     * Different ones that are drawn, by the seed of the training.
     *
     * @param random so many
     */
    @Schema(name = "RandomSearch")
    record Random(@Schema(description = "So many different combinations.", example = "50") @Min(1) @Max(1_000_000) int random)
            implements Search {}
}
