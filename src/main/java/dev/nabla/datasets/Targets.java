package dev.nabla.datasets;

import dev.nabla.documents.JsonForm;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The targets of a dataset: rows, or of each target its equation over the axes of a grid. One of the two is null. */
public record Targets(double @Nullable [][] rows, @Nullable LinkedHashMap<String, String> equations) {

    @JsonForm
    static Targets of(@Size(min = 1) double[] @Size(min = 1) [] rows) {
        return new Targets(rows, null);
    }

    @JsonForm
    static Targets of(LinkedHashMap<String, String> equations) {
        return new Targets(null, equations);
    }
}
