package dev.nabla.training.sweeps;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.documents.Written;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** What a field of a training is in the trials of a sweep: one of a list, or a number that is drawn. */
public record TrialValues(Optional<List<Written<Object>>> list, Optional<SweepRange> range) {

    static final int MOST = 10_000;

    @JsonForm
    static TrialValues of(@Schema(example = "[0.001, 0.01]") @Size(min = 1, max = MOST) List<Written<Object>> list) {
        return new TrialValues(Optional.of(list), Optional.empty());
    }

    @JsonForm
    static TrialValues of(SweepRange range) {
        return new TrialValues(Optional.empty(), Optional.of(range));
    }

    @JsonValue
    Object document() {
        return list.<Object>map(values -> values).orElseGet(range::orElseThrow);
    }
}
