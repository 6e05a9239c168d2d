package dev.nabla.datasets.files;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a column of a dataset comes from. */
public record SourceColumn(@Schema(description = "What it is called in the dataset.", example = "mpg_city") String name,
        @Schema(description = "Its header as it stands in the file or, where that is empty or "
                + "several columns have it, what it is called by instead; null where there was none.", example = "MPG.city")
        @Nullable String header,
        @Schema(description = "Of a column that is 1 where the file has this word and 0 elsewhere, the word.")
        @Nullable String value) {}
